package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.ReuseMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Waits for the legs of a run; returns all finished legs or throws the reason. Thread-safe. */
public final class LegAwaiter {

    /** Called for each leg after its last output, on the thread that received the leg's end. */
    public interface Finish {

        /**
         * Accepts or rejects the leg.
         *
         * @return the leg with added details
         * @throws CrossCompileException if it cannot be trusted
         */
        FinishedLeg accept(LegEnd end, FinishedLeg finished) throws CrossCompileException;
    }

    /** @param actionNeeded whether the user can change something, as when the crate does not compile */
    private record Failure(
            Leg leg,
            String sentence,
            boolean actionNeeded,
            @Nullable Throwable cause) {

        /** Returns the beginning of the sentence, without reason and location. */
        String brief() {
            return sentence.lines().findFirst().orElse("").replaceFirst("[:.]?$", "");
        }
    }

    private final ReceivedOutputs outputs;
    private final CrossCompileRequest.Execution running;
    private final Finish finish;
    private final EventPublisher listener;
    private final Map<Leg, FinishedLeg> finished = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    public LegAwaiter(
            ReceivedOutputs outputs, CrossCompileRequest.Execution running, Finish finish, EventPublisher listener) {
        this.listener = listener;
        this.outputs = outputs;
        this.running = running;
        this.finish = finish;
    }

    /**
     * Returns once every leg has delivered all its outputs; throws once that is impossible.
     *
     * @param fatalFailures each completes on a failure that affects all legs
     */
    public Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends, List<CompletionStage<CrossCompileException>> fatalFailures)
            throws CrossCompileException, InterruptedException {
        CompletableFuture<Optional<CrossCompileException>> over = new CompletableFuture<>();
        List<CompletableFuture<Void>> settled = new ArrayList<>();
        ends.forEach((leg, end) -> settled.add(end.handle((ended, error) -> {
            if (!settle(leg, ended, error) && running.failFast()) {
                over.complete(Optional.empty());
            }
            return null;
        })));
        fatalFailures.forEach(fatalFailure -> fatalFailure.thenAccept(failure -> over.complete(Optional.of(failure))));
        CompletableFuture<Optional<CrossCompileException>> all = CompletableFuture.allOf(
                        settled.toArray(CompletableFuture[]::new))
                .thenApply(done -> Optional.empty());
        try {
            requireSuccess(ends, awaitEnd(all.applyToEither(over, end -> end), ends));
        } finally {
            ends.keySet().stream().filter(this::isOpen).forEach(leg -> listener.moved(leg, LegPhase.STOPPED));
        }
        synchronized (this) {
            return new LinkedHashMap<>(finished);
        }
    }

    private Optional<CrossCompileException> awaitEnd(
            CompletableFuture<Optional<CrossCompileException>> over, Map<Leg, CompletableFuture<LegEnd>> ends)
            throws ActionNeededException, InterruptedException {
        try {
            return over.get(running.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw timedOut(ends, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Handling the end of a leg failed.", e.getCause());
        }
    }

    private synchronized void requireSuccess(
            Map<Leg, CompletableFuture<LegEnd>> ends, Optional<CrossCompileException> fatalFailure)
            throws CrossCompileException {
        // While the endpoint listens, a second delivery with a leg's key can still invalidate a finished leg.
        finished.keySet().stream().filter(outputs::isInvalid).forEach(this::invalidate);
        if (!failures.isEmpty()) {
            throw failure(ends.keySet());
        }
        if (fatalFailure.isPresent()) {
            throw fatalFailure.get();
        }
    }

    private void invalidate(Leg leg) {
        fail(new Failure(
                leg, leg.id() + " cannot be trusted: " + outputs.reason(leg).orElseThrow() + ".", false, null));
    }

    private synchronized boolean settle(Leg leg, @Nullable LegEnd end, @Nullable Throwable error) {
        if (end == null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            // The failure of a service, in words for all its legs.
            fail(
                    cause instanceof CrossCompileException broken
                            ? new Failure(leg, broken.getMessage(), broken instanceof ActionNeededException, broken)
                            : new Failure(
                                    leg,
                                    leg.id() + " could not be run: " + (cause == null ? "" : cause.getMessage()),
                                    false,
                                    cause));
            return false;
        }
        Optional<FinishedLeg> whole =
                end.exit() == LegExit.DONE ? outputs.finished(leg, end.elapsed()) : Optional.empty();
        if (whole.isEmpty()) {
            fail(failure(leg, end));
            return false;
        }
        try {
            finished.put(leg, finish.accept(end, whole.get()));
            listener.moved(leg, LegPhase.DELIVERED);
            return true;
        } catch (CrossCompileException e) {
            fail(new Failure(leg, e.getMessage(), e instanceof ActionNeededException, e));
            return false;
        }
    }

    private void fail(Failure failure) {
        failures.add(failure);
        listener.moved(failure.leg(), LegPhase.FAILED, failure.sentence());
    }

    private synchronized boolean isOpen(Leg leg) {
        return !finished.containsKey(leg)
                && failures.stream().noneMatch(failure -> failure.leg().equals(leg));
    }

    private Failure failure(Leg leg, LegEnd end) {
        String what = switch (end.exit()) {
            case BUILD_FAILED -> " did not compile";
            case NO_TOOLCHAIN -> " found no toolchain";
            case SMOKE_TEST_FAILED -> " did not pass its smoke test";
            case REFUSED, UNREACHABLE -> " could not deliver";
            case USAGE, BROKEN_OFF -> " broke off";
            case DONE ->
                outputs.isInvalid(leg)
                        ? " cannot be trusted"
                        : " did not deliver " + String.join(", ", outputs.missing(leg));
        };
        String why = outputs.reason(leg).orElse(end.lastWords()).strip();
        String colon = why.isEmpty() ? "" : why.contains("\n") ? ":\n" : ": ";
        boolean actionNeeded = EnumSet.of(LegExit.BUILD_FAILED, LegExit.NO_TOOLCHAIN, LegExit.SMOKE_TEST_FAILED)
                .contains(end.exit());
        return new Failure(leg, leg.id() + what + colon + why + "\n" + end.whereToLook(), actionNeeded, null);
    }

    private CrossCompileException failure(Set<Leg> legs) {
        String sentences = failures.stream()
                .map(Failure::sentence)
                .distinct()
                .sorted(Comparator.comparingInt(String::length))
                .collect(Collectors.joining("\n"));
        long ended = legs.stream().filter(this::isOpen).count();
        String others = ended > 0
                ? "\nThe other legs (" + ended + ") were ended; " + Parameter.FAIL_FAST.setTo("false")
                        + " lets them finish."
                : "";
        String message = sentences + (legs.size() > 1 ? "\n" + brief(legs) : "") + others + "\nNothing was attached.";
        if (failures.stream().anyMatch(Failure::actionNeeded)) {
            return new ActionNeededException(message);
        }
        return failures.stream()
                .map(Failure::cause)
                .filter(cause -> cause != null)
                .findFirst()
                .map(cause -> new WorkFailedException(message, cause))
                .orElseGet(() -> new WorkFailedException(message));
    }

    /** Returns a line for each leg, after the details of the failed ones. */
    private String brief(Set<Leg> legs) {
        return legs.stream()
                .map(leg -> failures.stream()
                        .filter(failure -> failure.leg().equals(leg))
                        .map(Failure::brief)
                        .findFirst()
                        .orElse(leg.id()
                                + (isOpen(leg)
                                        ? " was ended before it was done"
                                        : running.reuse() != ReuseMode.OFF
                                                ? " delivered all, which is kept for the next run"
                                                : " delivered all")))
                .collect(Collectors.joining("\n"));
    }

    private ActionNeededException timedOut(Map<Leg, CompletableFuture<LegEnd>> ends, TimeoutException e) {
        List<Leg> unfinished = ends.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
        boolean here = unfinished.stream().allMatch(leg -> leg.service().isLocal());
        return new ActionNeededException(
                "Not all legs were done in the " + running.timeout().toMinutes() + " minutes of the whole run;"
                        + " unfinished: " + unfinished.stream().map(Leg::id).collect(Collectors.joining(", "))
                        + ". Raise " + Parameter.TIMEOUT_MINUTES
                        + (here ? ", or compile more legs at a time by " + Parameter.LOCAL_JOBS + "." : "."),
                e);
    }
}

package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.LegPhase;
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

/** Waits for the legs of a run and says what became of them: all finished, or why not. Thread-safe. */
public final class LegAwaiter {

    /** Told of each leg as soon as it has delivered all, from the thread that saw its end. */
    public interface Finish {

        /**
         * Takes the leg or refuses it.
         *
         * @return the leg with what was found out about it
         * @throws CrossCompileException if it cannot be trusted
         */
        FinishedLeg accept(LegEnd end, FinishedLeg finished) throws CrossCompileException;
    }

    /** @param actionNeeded whether the user can change it, as when the crate does not compile */
    private record Failure(
            Leg leg,
            String sentence,
            boolean actionNeeded,
            @Nullable Throwable cause) {

        /** How the sentence begins, before it goes into the why and where. */
        String brief() {
            return sentence.lines().findFirst().orElse("").replaceFirst("[:.]?$", "");
        }
    }

    private final ReceivedOutputs arrivals;
    private final CrossCompileRequest.Execution running;
    private final Finish finish;
    private final EventPublisher listener;
    private final Map<Leg, FinishedLeg> finished = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    public LegAwaiter(
            ReceivedOutputs arrivals, CrossCompileRequest.Execution running, Finish finish, EventPublisher listener) {
        this.listener = listener;
        this.arrivals = arrivals;
        this.running = running;
        this.finish = finish;
    }

    /**
     * Returns once every leg has delivered all it owes; throws once it is certain that this will not happen.
     *
     * @param calamities each completes when something fails that all legs need
     */
    public Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends, List<CompletionStage<CrossCompileException>> calamities)
            throws CrossCompileException, InterruptedException {
        CompletableFuture<Optional<CrossCompileException>> over = new CompletableFuture<>();
        List<CompletableFuture<Void>> judged = new ArrayList<>();
        ends.forEach((leg, end) -> judged.add(end.handle((ended, error) -> {
            if (!judge(leg, ended, error) && running.failFast()) {
                over.complete(Optional.empty());
            }
            return null;
        })));
        calamities.forEach(calamity -> calamity.thenAccept(failure -> over.complete(Optional.of(failure))));
        CompletableFuture<Optional<CrossCompileException>> all = CompletableFuture.allOf(
                        judged.toArray(CompletableFuture[]::new))
                .thenApply(done -> Optional.empty());
        try {
            verdict(ends, awaitEnd(all.applyToEither(over, end -> end), ends));
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
            throw tooLong(ends, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Judging a leg failed.", e.getCause());
        }
    }

    private synchronized void verdict(
            Map<Leg, CompletableFuture<LegEnd>> ends, Optional<CrossCompileException> calamity)
            throws CrossCompileException {
        // Another delivery under a leg's key may come after the leg was judged, as long as the endpoint listens.
        finished.keySet().stream().filter(arrivals::isSpoilt).forEach(this::spoil);
        if (!failures.isEmpty()) {
            throw failure(ends.keySet());
        }
        if (calamity.isPresent()) {
            throw calamity.get();
        }
    }

    private void spoil(Leg leg) {
        fail(new Failure(
                leg, leg.id() + " cannot be trusted: " + arrivals.reason(leg).orElseThrow() + ".", false, null));
    }

    private synchronized boolean judge(Leg leg, @Nullable LegEnd end, @Nullable Throwable error) {
        if (end == null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            // Of a service that broke, in words that hold for all its legs.
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
                end.exit() == LegExit.DONE ? arrivals.finished(leg, end.elapsed()) : Optional.empty();
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
                arrivals.isSpoilt(leg)
                        ? " cannot be trusted"
                        : " did not deliver " + String.join(", ", arrivals.owed(leg));
        };
        String why = arrivals.reason(leg).orElse(end.lastWords()).strip();
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

    /** A line for each leg, after all that is to be said of those that failed. */
    private String brief(Set<Leg> legs) {
        return legs.stream()
                .map(leg -> failures.stream()
                        .filter(failure -> failure.leg().equals(leg))
                        .map(Failure::brief)
                        .findFirst()
                        .orElse(leg.id()
                                + (isOpen(leg)
                                        ? " was ended before it was done"
                                        : running.reuse()
                                                ? " delivered all, which is kept for the next run"
                                                : " delivered all")))
                .collect(Collectors.joining("\n"));
    }

    private ActionNeededException tooLong(Map<Leg, CompletableFuture<LegEnd>> ends, TimeoutException e) {
        List<Leg> unfinished = ends.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
        boolean here = unfinished.stream().allMatch(leg -> leg.service() == Service.LOCAL);
        return new ActionNeededException(
                "Not all legs were done in the " + running.timeout().toMinutes() + " minutes that they have in all;"
                        + " unfinished: " + unfinished.stream().map(Leg::id).collect(Collectors.joining(", "))
                        + ". Raise " + Parameter.TIMEOUT_MINUTES
                        + (here ? ", or compile more legs at a time by " + Parameter.LOCAL_JOBS + "." : "."),
                e);
    }
}

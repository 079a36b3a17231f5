package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The legs of a run on one hosted service, polled by a dedicated thread. The caller that opened it closes it, which
 * cancels what has not ended.
 */
public final class CiPoller implements AutoCloseable {

    /** Receives changes of jobs' states. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Receives a changed job, on the polling thread.
         *
         * @param job with its new state
         */
        void changed(CiJob job);
    }

    /** The most looks at a passed job's log until it is complete; then an incomplete log is used. */
    private static final int LOG_LOOKS = 6;

    private static final int TAIL_LINES = 40;
    private static final Duration JOINING = Duration.ofSeconds(5);

    private final String service;
    private final CiWatch watch;
    private final Duration pause;
    private final Listener listener;
    private final InstantSource clock;
    private final String pageOfAll;
    private final Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
    private final CompletableFuture<CrossCompileException> broken = new CompletableFuture<>();
    private final Map<Leg, URI> pages = new ConcurrentHashMap<>();
    private final Map<Leg, String> states = new HashMap<>();
    private final Map<Leg, Instant> started = new HashMap<>();
    private final Map<Leg, Integer> logLooks = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread follower = new Thread(this::follow, "travis-compile-follow");

    /**
     * Begins to poll.
     *
     * @param service its name in messages
     * @param watch closed with this
     * @param pause between two looks
     * @param pageOfAll the service's page for the repository
     */
    public CiPoller(
            String service,
            CiWatch watch,
            List<Leg> legs,
            Duration pause,
            Listener listener,
            InstantSource clock,
            URI pageOfAll) {
        this.service = service;
        this.watch = watch;
        this.pause = pause;
        this.listener = listener;
        this.clock = clock;
        this.pageOfAll = pageOfAll.toString();
        legs.forEach(leg -> ends.put(leg, new CompletableFuture<>()));
        follower.setDaemon(true);
        follower.start();
    }

    /**
     * Returns a future for each leg. The polling thread completes it at the end of the leg's job, successful or not.
     */
    public Map<Leg, CompletableFuture<LegEnd>> ends() {
        return Collections.unmodifiableMap(ends);
    }

    /** Completes with the reason if the build cannot be followed or does not begin. */
    public CompletionStage<CrossCompileException> broken() {
        return broken.minimalCompletionStage();
    }

    /** Returns a sentence with the address of the leg's job, or of all jobs. */
    public String whereToLook(Leg leg) {
        @Nullable URI page = pages.get(leg);
        return "See " + (page == null ? pageOfAll : page) + ".";
    }

    /** Returns the page of the leg's job; empty while there is no job. */
    public Optional<URI> page(Leg leg) {
        return Optional.ofNullable(pages.get(leg));
    }

    private void follow() {
        try {
            do {
                for (CiJob job : watch.look()) {
                    see(job);
                }
            } while (!ends.values().stream().allMatch(CompletableFuture::isDone)
                    && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (CrossCompileException e) {
            broken.complete(e);
        } catch (InterruptedException e) {
            // Only close() interrupts this thread.
            return;
        } catch (RuntimeException e) {
            ends.values().forEach(end -> end.completeExceptionally(e));
        }
    }

    private void see(CiJob job) throws CrossCompileException, InterruptedException {
        Leg leg = job.leg();
        pages.put(leg, job.page());
        if (!job.state().equals(states.put(leg, job.state()))) {
            listener.changed(job);
        }
        if (job.stage() == CiJob.Stage.RUNNING) {
            started.putIfAbsent(leg, clock.instant());
        }
        CompletableFuture<LegEnd> end = ends.get(leg);
        if (end != null && !end.isDone() && job.stage().isFinal()) {
            Optional<JobLog> log = watch.log(job);
            // The service writes a log's last lines after the state.
            if (log.filter(JobLog::isWhole).isPresent() || logLooks.merge(leg, 1, Integer::sum) >= looks(job)) {
                end.complete(end(job, log));
            }
        }
    }

    private static int looks(CiJob job) {
        return job.stage() == CiJob.Stage.PASSED ? LOG_LOOKS : 1;
    }

    private LegEnd end(CiJob job, Optional<JobLog> log) {
        LegExit exit = switch (job.stage()) {
            case PASSED -> LegExit.DONE;
            case FAILED -> log.flatMap(JobLog::exit).orElse(LegExit.BROKEN_OFF);
            default -> LegExit.BROKEN_OFF;
        };
        String lastWords = log.flatMap(JobLog::firstError)
                .orElseGet(() -> service + " says '" + job.state() + "'"
                        + log.map(text -> ":\n" + text.tail(TAIL_LINES)).orElse(" and shows no log"));
        Instant now = clock.instant();
        Duration elapsed = Duration.between(started.getOrDefault(job.leg(), now), now);
        return new LegEnd(job.leg(), exit, lastWords, whereToLook(job.leg()), log, elapsed);
    }

    @Override
    public void close() throws CrossCompileException {
        closed.countDown();
        follower.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            follower.join(JOINING.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            watch.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

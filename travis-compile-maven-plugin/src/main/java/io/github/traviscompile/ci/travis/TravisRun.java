package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
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
 * The legs of a run on Travis CI, looked at now and then by a thread of its own. Whoever opened it closes it, which cancels
 * the build unless it has ended.
 */
public final class TravisRun implements AutoCloseable {

    /** Told when a job's state changes. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Called from the thread that looks.
         *
         * @param state in the service's own word
         * @param page where a person sees the job
         */
        void changed(Leg leg, String state, URI page);
    }

    /** Looks at a job that has passed until its log is there to its end; after these it is taken as it is. */
    private static final int LOG_LOOKS = 6;

    private static final int TAIL_LINES = 40;
    private static final Duration JOINING = Duration.ofSeconds(5);

    private final TravisWatch watch;
    private final Duration pause;
    private final Listener listener;
    private final InstantSource clock;
    private final String pageOfAll;
    private final Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
    private final CompletableFuture<CrossCompileException> broken = new CompletableFuture<>();
    private final Map<Leg, URI> pages = new ConcurrentHashMap<>();
    private final Map<Leg, TravisJobState> states = new HashMap<>();
    private final Map<Leg, Instant> started = new HashMap<>();
    private final Map<Leg, Integer> logLooks = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread follower = new Thread(this::follow, "travis-compile-travis");

    TravisRun(
            TravisWatch watch, List<Leg> legs, Duration pause, Listener listener, InstantSource clock, URI pageOfAll) {
        this.watch = watch;
        this.pause = pause;
        this.listener = listener;
        this.clock = clock;
        this.pageOfAll = pageOfAll.toString();
        legs.forEach(leg -> ends.put(leg, new CompletableFuture<>()));
        follower.setDaemon(true);
        follower.start();
    }

    /** For each leg, completes when its job has ended, however; from the thread that looks. */
    public Map<Leg, CompletableFuture<LegEnd>> ends() {
        return Collections.unmodifiableMap(ends);
    }

    /** Completes when the build cannot be followed or will not begin, with the reason in words. */
    public CompletionStage<CrossCompileException> broken() {
        return broken.minimalCompletionStage();
    }

    /** A sentence that leads to what is known of the leg. */
    public String whereToLook(Leg leg) {
        @Nullable URI page = pages.get(leg);
        return "See " + (page == null ? pageOfAll : page) + ".";
    }

    /** Where a person sees the leg's job; empty while there is none. */
    public Optional<URI> page(Leg leg) {
        return Optional.ofNullable(pages.get(leg));
    }

    private void follow() {
        try {
            do {
                for (TravisJob job : watch.look()) {
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

    private void see(TravisJob job) throws CrossCompileException, InterruptedException {
        Leg leg = job.leg();
        pages.put(leg, job.page());
        if (states.put(leg, job.state()) != job.state()) {
            listener.changed(leg, job.state().word(), job.page());
        }
        if (job.state() == TravisJobState.STARTED) {
            started.putIfAbsent(leg, clock.instant());
        }
        CompletableFuture<LegEnd> end = ends.get(leg);
        if (end != null && !end.isDone() && job.state().isFinal()) {
            Optional<JobLog> log = watch.log(job);
            // The service writes a log's last lines after the state.
            if (log.filter(JobLog::isWhole).isPresent() || logLooks.merge(leg, 1, Integer::sum) >= looks(job)) {
                end.complete(end(job, log));
            }
        }
    }

    private static int looks(TravisJob job) {
        return job.state() == TravisJobState.PASSED ? LOG_LOOKS : 1;
    }

    private LegEnd end(TravisJob job, Optional<JobLog> log) {
        LegExit exit = switch (job.state()) {
            case PASSED -> LegExit.DONE;
            case FAILED -> log.flatMap(JobLog::exit).orElse(LegExit.BROKEN_OFF);
            default -> LegExit.BROKEN_OFF;
        };
        String lastWords = "Travis CI says '" + job.state().word() + "'"
                + log.map(text -> ":\n" + text.tail(TAIL_LINES)).orElse(" and shows no log");
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

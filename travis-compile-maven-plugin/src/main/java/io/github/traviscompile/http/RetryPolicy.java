package io.github.traviscompile.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The times at which a failed attempt is repeated. The caller decides which failures are transient, and never repeats a
 * request that may have had its effect.
 *
 * <p>Failsafe 3.3.2 is not used: its synchronous executions sleep and read the system's clock themselves ({@code
 * RetryPolicyExecutor}, {@code ExecutionImpl}). So the caller can pass neither the pause nor the clock.
 *
 * @param attempts the most, including the first
 * @param firstPause after the first attempt; each further pause is twice as long
 * @param longestPause the limit of growing pauses
 * @param budget no pause ends later than this after the start
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration budget) {

    /** Longer than any process lives. */
    private static final Duration UNLIMITED = Duration.ofDays(365_000);

    /** Pauses are shortened at random by up to a tenth, so that runs that failed together repeat at different times. */
    private static final int JITTER = 10;

    public RetryPolicy {
        if (attempts < 1 || firstPause.isNegative() || firstPause.compareTo(longestPause) > 0 || budget.isNegative()) {
            throw new IllegalArgumentException("No way of trying again: " + attempts + " attempts, pauses from "
                    + firstPause + " to " + longestPause + ", " + budget + " in all.");
        }
    }

    /** Limits the number of attempts alone. */
    public static RetryPolicy growing(int attempts, Duration firstPause, Duration longestPause) {
        return new RetryPolicy(attempts, firstPause, longestPause, UNLIMITED);
    }

    /** Limits the time alone. */
    public static RetryPolicy within(Duration budget, Duration firstPause, Duration longestPause) {
        return new RetryPolicy(Integer.MAX_VALUE, firstPause, longestPause, budget);
    }

    /** Begins to count attempts and time, by a clock that is independent of changes of the system's time. */
    public Retries begin(Pause pause) {
        return begin(() -> Instant.EPOCH.plusNanos(System.nanoTime()), pause);
    }

    /** Begins to count attempts and time; one thread uses the result. */
    public Retries begin(InstantSource clock, Pause pause) {
        return new Retries(this, clock, pause);
    }

    /** The attempts at one operation. */
    public static final class Retries {

        private final RetryPolicy policy;
        private final InstantSource clock;
        private final Pause pause;
        private final Instant end;
        private int failed;
        private Duration next;

        private Retries(RetryPolicy policy, InstantSource clock, Pause pause) {
            this.policy = policy;
            this.clock = clock;
            this.pause = pause;
            this.end = clock.instant().plus(policy.budget());
            this.next = policy.firstPause();
        }

        /**
         * Counts a failed attempt and pauses before the next one.
         *
         * @param asked the pause that the service requests, or zero
         * @param listener gets the length of the pause before it begins
         * @return {@code false} at once if there is no next attempt
         */
        public boolean again(Duration asked, Consumer<Duration> listener) throws InterruptedException {
            Duration own = next.minusMillis(ThreadLocalRandom.current().nextLong(next.toMillis() / JITTER + 1));
            Duration length = own.compareTo(asked) > 0 ? own : asked;
            Duration twice = next.multipliedBy(2);
            next = twice.compareTo(policy.longestPause()) < 0 ? twice : policy.longestPause();
            failed++;
            if (failed == policy.attempts() || clock.instant().plus(length).isAfter(end)) {
                return false;
            }
            listener.accept(length);
            pause.of(length);
            return true;
        }

        /** Counts a failed attempt and pauses, if the service requests no pause of its own. */
        public boolean again() throws InterruptedException {
            return again(Duration.ZERO, any -> {});
        }
    }
}

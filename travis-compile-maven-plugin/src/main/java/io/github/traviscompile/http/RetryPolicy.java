package io.github.traviscompile.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * When something that failed by chance is tried again. The caller decides what failed by chance, and never repeats a request
 * that may have had its effect.
 *
 * <p>Failsafe 3.3.2 is not used: its synchronous executions sleep and read the system's clock themselves
 * ({@code RetryPolicyExecutor}, {@code ExecutionImpl}), so neither the pause nor the clock can be passed in.
 *
 * @param attempts the most, the first among them
 * @param firstPause after the first attempt; each further pause is twice as long
 * @param longestPause where pauses stop growing
 * @param budget no pause ends later after the begin
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration budget) {

    /** Longer than any process lives. */
    private static final Duration UNLIMITED = Duration.ofDays(365_000);

    /** Pauses are up to a tenth shorter by chance, so that runs that failed together do not come back together. */
    private static final int JITTER = 10;

    public RetryPolicy {
        if (attempts < 1 || firstPause.isNegative() || firstPause.compareTo(longestPause) > 0 || budget.isNegative()) {
            throw new IllegalArgumentException("No way of trying again: " + attempts + " attempts, pauses from "
                    + firstPause + " to " + longestPause + ", " + budget + " in all.");
        }
    }

    /** Limited by the number of attempts alone. */
    public static RetryPolicy growing(int attempts, Duration firstPause, Duration longestPause) {
        return new RetryPolicy(attempts, firstPause, longestPause, UNLIMITED);
    }

    /** Limited by time alone. */
    public static RetryPolicy within(Duration budget, Duration firstPause, Duration longestPause) {
        return new RetryPolicy(Integer.MAX_VALUE, firstPause, longestPause, budget);
    }

    /** Begins to count attempts and time by a clock that no change of the system's time moves. */
    public Retries begin(Pause pause) {
        return begin(() -> Instant.EPOCH.plusNanos(System.nanoTime()), pause);
    }

    /** Begins to count attempts and time; one thread uses the result. */
    public Retries begin(InstantSource clock, Pause pause) {
        return new Retries(this, clock, pause);
    }

    /** The attempts at one thing. */
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
         * @param asked how long the other side wants to be left alone; zero where it says nothing
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

        /** The same where the other side says nothing. */
        public boolean again() throws InterruptedException {
            return again(Duration.ZERO, any -> {});
        }
    }
}

package io.github.traviscompile.http;

import java.time.Duration;

/**
 * The time limits of a client of a service's API.
 *
 * @param request for one reply, its body included
 * @param total for all attempts at one request
 * @param firstPause before the first repetition; doubles up to half a minute
 * @param betweenLooks between two reads of a build's state
 */
public record HttpTimeouts(Duration request, Duration total, Duration firstPause, Duration betweenLooks) {

    public static final HttpTimeouts DEFAULT = new HttpTimeouts(
            Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(5));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int A_FEW = 3;

    public HttpTimeouts {
        if (!(isPositive(request) && isPositive(total) && isPositive(firstPause) && isPositive(betweenLooks))) {
            throw new IllegalArgumentException("A timeout of no length.");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /** Returns the policy of requests that are repeated until {@link #total} is over. */
    public RetryPolicy untilTotal() {
        return new RetryPolicy(Integer.MAX_VALUE, firstPause, LONGEST_PAUSE, total);
    }

    /** Returns the policy of a few attempts, for requests that a user waits for. */
    public RetryPolicy aFew(Duration budget) {
        return new RetryPolicy(A_FEW, firstPause, LONGEST_PAUSE, budget);
    }

    /** Returns the policy of at most {@code most} reads of a state that is about to change. */
    public RetryPolicy looks(int most) {
        return RetryPolicy.growing(most, betweenLooks, betweenLooks);
    }
}

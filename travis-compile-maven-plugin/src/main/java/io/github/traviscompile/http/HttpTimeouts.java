package io.github.traviscompile.http;

import java.time.Duration;

/**
 * How long a client waits for the API of a service.
 *
 * @param request for one answer, its body included
 * @param total over all repetitions of one question
 * @param firstPause before the first repetition; doubles up to half a minute
 * @param betweenLooks at a build that is followed, or is to end
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

    /** For a question that is repeated until {@link #total} is over. */
    public RetryPolicy untilTotal() {
        return new RetryPolicy(Integer.MAX_VALUE, firstPause, LONGEST_PAUSE, total);
    }

    /** For a few attempts, where the user waits to see the end. */
    public RetryPolicy aFew(Duration budget) {
        return new RetryPolicy(A_FEW, firstPause, LONGEST_PAUSE, budget);
    }

    /** For {@code most} looks at what is about to change. */
    public RetryPolicy looks(int most) {
        return RetryPolicy.growing(most, betweenLooks, betweenLooks);
    }
}

package io.github.traviscompile.ci;

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

    public HttpTimeouts {
        if (!(isPositive(request) && isPositive(total) && isPositive(firstPause) && isPositive(betweenLooks))) {
            throw new IllegalArgumentException("Patience of no length.");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /** The pause that follows {@code pause}. */
    Duration pauseAfter(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}

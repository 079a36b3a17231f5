package io.github.traviscompile.ci.travis;

import java.time.Duration;

/**
 * How long the client waits for the API.
 *
 * @param request for one answer, its body included
 * @param total over all repetitions of one question
 * @param firstPause before the first repetition; doubles up to half a minute
 * @param betweenLooks at a build that is followed
 */
public record TravisPatience(Duration request, Duration total, Duration firstPause, Duration betweenLooks) {

    public static final TravisPatience DEFAULT = new TravisPatience(
            Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(5));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    public TravisPatience {
        if (!(isPositive(request) && isPositive(total) && isPositive(firstPause) && isPositive(betweenLooks))) {
            throw new IllegalArgumentException("Patience of no length.");
        }
    }

    static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    Duration pauseAfter(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}

package io.github.traviscompile.ci.actions;

import java.time.Duration;

/**
 * How long the client waits for GitHub's API.
 *
 * @param request for one answer, its body included
 * @param total over all repetitions of one question
 * @param firstPause before the first repetition; doubles up to half a minute
 * @param betweenLooks at a run that is to end
 */
public record ActionsPatience(Duration request, Duration total, Duration firstPause, Duration betweenLooks) {

    public static final ActionsPatience DEFAULT = new ActionsPatience(
            Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(2));

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    public ActionsPatience {
        if (!(isPositive(request) && isPositive(total) && isPositive(firstPause) && isPositive(betweenLooks))) {
            throw new IllegalArgumentException("Patience of no length.");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    Duration pauseAfter(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}

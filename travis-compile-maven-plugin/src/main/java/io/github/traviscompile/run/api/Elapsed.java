package io.github.traviscompile.run.api;

import java.time.Duration;
import java.util.Locale;

/** A duration in words, past or running. */
public final class Elapsed {

    private Elapsed() {}

    /** Writes {@code 0:42} or {@code 1:02:03}. A negative duration, from a clock that was set back, counts as zero. */
    public static String of(Duration duration) {
        Duration elapsed = duration.isNegative() ? Duration.ZERO : duration;
        return elapsed.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart())
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        elapsed.toHours(),
                        elapsed.toMinutesPart(),
                        elapsed.toSecondsPart());
    }

    /** Writes {@code 4.2 s} for less than a minute, otherwise as {@link #of}: for a finished step. */
    public static String precisely(Duration duration) {
        return duration.toMinutes() == 0 && !duration.isNegative()
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : of(duration);
    }
}

package io.github.traviscompile.run.api;

import java.time.Duration;
import java.util.Locale;

/** How long something took or has taken, in words. */
public final class Elapsed {

    private Elapsed() {}

    /** {@code 0:42} or {@code 1:02:03}; nothing takes less than no time, whatever clocks say. */
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

    /** The same, but {@code 4.2 s} within the first minute: for what is over. */
    public static String precisely(Duration duration) {
        return duration.toMinutes() == 0 && !duration.isNegative()
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : of(duration);
    }
}

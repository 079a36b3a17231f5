package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Where a leg is, in a few words. */
final class LegWords {

    private LegWords() {}

    /** As it is at {@code now}, with how long it has been so. */
    static String of(LegStatus leg, Instant now) {
        String time = Elapsed.of(Duration.between(leg.since(), now));
        return switch (leg.phase()) {
            case QUEUED -> "queued " + time + (leg.detail().isEmpty() ? "" : " (" + leg.detail() + ")");
            case SETTING_UP, COMPILING -> briefly(leg) + " · " + time;
            default -> briefly(leg);
        };
    }

    /** The same without a time. */
    static String briefly(LegStatus leg) {
        return switch (leg.phase()) {
            case SETTING_UP -> leg.detail().isEmpty() ? leg.phase().id() : leg.detail();
            case COMPILING -> "compiling" + crates(leg) + space(leg.detail());
            case UPLOADING ->
                "uploading" + leg.progress().map(LegWords::percent).orElse("") + space(leg.detail());
            case REUSED -> leg.phase().id() + (leg.detail().isEmpty() ? "" : ", " + leg.detail());
            case FAILED -> "failed" + reason(leg);
            default -> leg.phase().id();
        };
    }

    /** Cargo compiles no more crates than Cargo.lock names, and mostly fewer: those for other systems, or compiled before. */
    private static String crates(LegStatus leg) {
        long done = leg.progress().map(StepProgress::done).orElse(0L);
        if (done == 0) {
            return "";
        }
        int most = leg.crates().orElse(0);
        return " " + done + (done <= most ? "/≤" + most : "");
    }

    private static String percent(StepProgress progress) {
        return progress.total() == 0 || progress.done() == 0
                ? ""
                : String.format(Locale.ROOT, " %d %%", (long) (100.0 * progress.done() / progress.total()));
    }

    /** The first line of why, which begins with the leg's own name. */
    private static String reason(LegStatus leg) {
        String first = leg.detail().lines().findFirst().orElse("");
        String why = first.startsWith(leg.leg().id())
                ? first.substring(leg.leg().id().length())
                : first;
        return why.isBlank() ? "" : ": " + why.strip().replaceFirst("[:.]$", "");
    }

    private static String space(String text) {
        return text.isEmpty() ? "" : " " + text;
    }
}

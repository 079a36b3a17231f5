package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Describes the phase of a leg in a few words. */
final class LegWords {

    private LegWords() {}

    /** Returns the phase at {@code now} with its duration. */
    static String of(LegStatus leg, Instant now) {
        String time = Elapsed.of(Duration.between(leg.since(), now));
        return switch (leg.phase()) {
            case QUEUED -> "queued " + time + (leg.detail().isEmpty() ? "" : " (" + leg.detail() + ")");
            case SETTING_UP, COMPILING -> briefly(leg) + " · " + time;
            default -> briefly(leg);
        };
    }

    /** Returns the phase without a duration. */
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

    /**
     * Returns the count of crates. Cargo.lock gives an upper limit: crates for other systems, or compiled before, are
     * skipped.
     */
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

    /** Returns the first line of the reason, without the leg's name. */
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

package io.github.traviscompile.run.api;

/** How a run uses the store of finished legs, as the parameters {@code reuse} and {@code forceBuild} say it. */
public enum ReuseMode {
    /** Takes legs from the store, and keeps those that it compiles. */
    ON,
    /** Neither takes nor keeps any. */
    OFF,
    /** Compiles every leg, and replaces what the store has of it. */
    REFRESH;

    static ReuseMode of(boolean reuse, boolean forceBuild) {
        if (!reuse) {
            return OFF;
        }
        return forceBuild ? REFRESH : ON;
    }
}

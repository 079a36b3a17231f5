package io.github.traviscompile.run.api;

/** The use of the store of finished legs: the parameters {@code reuse} and {@code forceBuild}. */
public enum ReuseMode {
    /** The run takes legs from the store, and keeps those that it compiles. */
    ON,
    /** The run neither takes nor keeps legs. */
    OFF,
    /** The run compiles every leg and replaces the store's copy. */
    REFRESH;

    static ReuseMode of(boolean reuse, boolean forceBuild) {
        if (!reuse) {
            return OFF;
        }
        return forceBuild ? REFRESH : ON;
    }
}

package io.github.traviscompile.ci;

/** The results of {@code leg.sh} by its exit status; the numbers follow BSD's {@code sysexits.h} where one fits. */
public enum LegExit {
    /** Every output was delivered and acknowledged. */
    DONE(0),
    /** The arguments were wrong, or the key or the data file is missing. */
    USAGE(64),
    /** The endpoint refused for good: over a limit, another digest committed, run over. */
    REFUSED(65),
    /** The machine lacks the toolchain, the target or a tool. */
    NO_TOOLCHAIN(69),
    /** Cargo failed, or did not write an expected output. */
    BUILD_FAILED(70),
    /** An output failed the smoke test, or the machine cannot run that test. */
    SMOKE_TEST_FAILED(71),
    /** The endpoint could not be reached until the deadline. */
    UNREACHABLE(75),
    /** The leg ended by a signal or with an unknown status. */
    BROKEN_OFF(-1);

    private final int status;

    LegExit(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    public static LegExit ofStatus(int status) {
        for (LegExit exit : values()) {
            if (exit.status == status) {
                return exit;
            }
        }
        return BROKEN_OFF;
    }
}

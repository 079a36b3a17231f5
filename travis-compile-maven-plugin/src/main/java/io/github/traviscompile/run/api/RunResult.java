package io.github.traviscompile.run.api;

import java.util.Locale;

/** The result of a run. */
public enum RunResult {
    DELIVERED,
    FAILED,
    /** An interrupt of its thread or the end of the JVM stopped the run. */
    INTERRUPTED;

    /** Returns the word for it in documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

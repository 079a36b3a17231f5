package io.github.traviscompile.run.api;

import java.util.Locale;

/** How a run ends. */
public enum RunResult {
    DELIVERED,
    FAILED,
    /** Its thread was interrupted or the JVM was told to stop. */
    INTERRUPTED;

    /** The word for it in documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.github.traviscompile.run.api;

import java.util.Locale;

/** How far a leg is, in this order; the last four are where legs end. */
public enum LegPhase {
    /** It waits for a machine. */
    QUEUED,
    /** It has a machine, which is made ready. */
    SETTING_UP,
    COMPILING,
    UPLOADING,
    /** All its files are here. */
    DELIVERED,
    /** Its files are looked into. */
    VERIFYING,
    VERIFIED,
    /** It was taken from the store of finished legs. */
    REUSED,
    FAILED,
    /** It was ended before it was done, as the run was over. */
    STOPPED;

    /** Whether nothing more becomes of it in this run. */
    public boolean isFinal() {
        return compareTo(VERIFIED) >= 0;
    }

    /** The word for it in sentences and documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

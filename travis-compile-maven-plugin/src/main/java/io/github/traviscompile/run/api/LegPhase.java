package io.github.traviscompile.run.api;

import java.util.Locale;

/** The phases of a leg, in their order. A leg ends in one of the last four. */
public enum LegPhase {
    /** The leg waits for a machine. */
    QUEUED,
    /** The leg prepares its machine. */
    SETTING_UP,
    COMPILING,
    UPLOADING,
    /** All its files have arrived. */
    DELIVERED,
    /** The run checks its files. */
    VERIFYING,
    VERIFIED,
    /** The run took it from the store of finished legs. */
    REUSED,
    FAILED,
    /** The run ended before the leg did, and stopped it. */
    STOPPED;

    /** Returns whether this is the leg's last phase in this run. */
    public boolean isFinal() {
        return compareTo(VERIFIED) >= 0;
    }

    /** Returns the word for it in sentences and documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

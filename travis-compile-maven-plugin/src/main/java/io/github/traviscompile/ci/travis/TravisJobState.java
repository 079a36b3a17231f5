package io.github.traviscompile.ci.travis;

import java.util.Locale;

/** How far a job is, in the words of API v3. */
public enum TravisJobState {
    CREATED,
    QUEUED,
    RECEIVED,
    STARTED,
    PASSED,
    FAILED,
    ERRORED,
    CANCELED;

    /** The state that {@code word} names; a word that is new to us means a job that waits. */
    static TravisJobState of(String word) {
        for (TravisJobState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        return CREATED;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the job has ended; only a person can start it again. */
    public boolean isFinal() {
        return switch (this) {
            case PASSED, FAILED, ERRORED, CANCELED -> true;
            case CREATED, QUEUED, RECEIVED, STARTED -> false;
        };
    }

    /** Whether the job has no machine yet. */
    public boolean isWaiting() {
        return switch (this) {
            case CREATED, QUEUED, RECEIVED -> true;
            case STARTED, PASSED, FAILED, ERRORED, CANCELED -> false;
        };
    }
}

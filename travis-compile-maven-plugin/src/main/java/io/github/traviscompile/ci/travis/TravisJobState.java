package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.CiJob;
import java.util.Locale;

/** The states of jobs, in the words of API v3. */
enum TravisJobState {
    CREATED,
    QUEUED,
    RECEIVED,
    STARTED,
    PASSED,
    FAILED,
    ERRORED,
    CANCELED;

    /** Returns the state {@code word}; an unknown word means a job that waits. */
    static TravisJobState of(String word) {
        for (TravisJobState state : values()) {
            if (state.id().equals(word)) {
                return state;
            }
        }
        return CREATED;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns its meaning to a run. */
    CiJob.Stage stage() {
        return switch (this) {
            case CREATED, QUEUED, RECEIVED -> CiJob.Stage.WAITING;
            case STARTED -> CiJob.Stage.RUNNING;
            case PASSED -> CiJob.Stage.PASSED;
            case FAILED -> CiJob.Stage.FAILED;
            case ERRORED, CANCELED -> CiJob.Stage.BROKEN;
        };
    }
}

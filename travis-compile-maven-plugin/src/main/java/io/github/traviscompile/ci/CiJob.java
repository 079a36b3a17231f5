package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import java.net.URI;

/**
 * The job of one leg on a hosted service, as of the latest look.
 *
 * @param id the service's own
 * @param state in the service's own word
 * @param page the job's page for browsers
 */
public record CiJob(Leg leg, String id, String state, Stage stage, URI page) {

    /** The meaning of a state to a run. */
    public enum Stage {
        /** It has no machine yet. */
        WAITING,
        RUNNING,
        PASSED,
        /** Its script failed. */
        FAILED,
        /** It ended without the script's exit status: cancelled, timed out, or failed by the service's own fault. */
        BROKEN;

        /** Whether only a user can start the job again. */
        public boolean isFinal() {
            return this == PASSED || this == FAILED || this == BROKEN;
        }
    }
}

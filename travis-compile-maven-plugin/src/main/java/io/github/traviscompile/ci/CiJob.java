package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import java.net.URI;

/**
 * The job of one leg on a hosted service, as last seen.
 *
 * @param id the service's own
 * @param state in the service's own word
 * @param page where a person sees it
 */
public record CiJob(Leg leg, String id, String state, Stage stage, URI page) {

    /** What a state means to a run. */
    public enum Stage {
        /** It has no machine yet. */
        WAITING,
        RUNNING,
        PASSED,
        /** Its script failed. */
        FAILED,
        /** It ended without its script's word: cancelled, timed out, or the service's own trouble. */
        BROKEN;

        /** Whether only a person can start the job again. */
        public boolean isFinal() {
            return this == PASSED || this == FAILED || this == BROKEN;
        }
    }
}

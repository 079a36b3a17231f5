package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import java.time.Duration;
import java.util.Optional;

/**
 * The end of a leg on its machine.
 *
 * @param lastWords the last lines of output, which name the cause if the leg failed; may be empty
 * @param whereToLook a sentence with the place of the full output
 * @param jobLog the service's log of the leg; empty for a leg on this machine
 * @param elapsed from the start of the leg to its end
 */
public record LegEnd(
        Leg leg, LegExit exit, String lastWords, String whereToLook, Optional<JobLog> jobLog, Duration elapsed) {

    /** Returns a copy that names another place of output first, in {@code sentence}. */
    public LegEnd lookingAlso(String sentence) {
        return new LegEnd(leg, exit, lastWords, sentence + " " + whereToLook, jobLog, elapsed);
    }
}

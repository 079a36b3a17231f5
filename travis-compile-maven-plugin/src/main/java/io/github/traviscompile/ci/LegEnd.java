package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import java.time.Duration;
import java.util.Optional;

/**
 * How a leg ended on its machine.
 *
 * @param lastWords what was said last, which names the cause where the leg failed; may be empty and of several lines
 * @param whereToLook a sentence that leads a person to all of it
 * @param jobLog what the service itself shows of the leg; a leg on this machine has none
 * @param elapsed from the start of the leg to its end
 */
public record LegEnd(
        Leg leg, LegExit exit, String lastWords, String whereToLook, Optional<JobLog> jobLog, Duration elapsed) {

    /** The same end, of which another sentence tells where to look, too. */
    public LegEnd lookingAlso(String sentence) {
        return new LegEnd(leg, exit, lastWords, sentence + " " + whereToLook, jobLog, elapsed);
    }
}

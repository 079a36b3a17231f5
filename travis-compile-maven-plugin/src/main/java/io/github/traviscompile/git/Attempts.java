package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Pause;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Duration;
import java.util.List;

/**
 * How often something that may fail by chance is tried.
 *
 * @param pauses one after each failed attempt but the last
 * @param pause waits
 */
record Attempts(List<Duration> pauses, Pause pause) {

    /** For what a person waits for anyway. */
    static Attempts patient(Pause pause) {
        return new Attempts(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)), pause);
    }

    interface Attempt<T> {
        T make() throws CrossCompileException;
    }

    /** Makes attempts until one succeeds or fails for a reason that the user has to remove. */
    <T> T make(Attempt<T> attempt) throws CrossCompileException, InterruptedException {
        for (Duration duration : pauses) {
            try {
                return attempt.make();
            } catch (WorkFailedException e) {
                pause.of(duration);
            }
        }
        return attempt.make();
    }
}

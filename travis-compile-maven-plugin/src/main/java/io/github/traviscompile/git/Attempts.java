package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Duration;
import java.util.List;

/**
 * How often something that may fail by chance is tried.
 *
 * @param pauses one after each failed attempt but the last
 */
record Attempts(List<Duration> pauses) {

    /** For what a person waits for anyway. */
    static final Attempts PATIENT = new Attempts(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));

    interface Attempt<T> {
        T make() throws CrossCompileException;
    }

    /** Makes attempts until one succeeds or fails for a reason that the user has to remove. */
    <T> T make(Attempt<T> attempt) throws CrossCompileException, InterruptedException {
        for (Duration pause : pauses) {
            try {
                return attempt.make();
            } catch (WorkFailedException e) {
                Thread.sleep(pause.toMillis());
            }
        }
        return attempt.make();
    }
}

package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Pause;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Duration;
import java.util.List;

/**
 * The number of attempts of an action that may fail temporarily.
 *
 * @param pauses one after each failed attempt but the last
 * @param pause waits
 */
record Attempts(List<Duration> pauses, Pause pause) {

    /** Returns the attempts for an action that the user waits for. */
    static Attempts patient(Pause pause) {
        return new Attempts(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)), pause);
    }

    interface Attempt<T> {
        T make() throws CrossCompileException;
    }

    /** Retries until an attempt succeeds or fails for a cause that the user must remove. */
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

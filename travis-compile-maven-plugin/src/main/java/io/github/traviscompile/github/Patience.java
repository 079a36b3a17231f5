package io.github.traviscompile.github;

import io.github.traviscompile.model.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** How long a run may wait for GitHub, and who is told what it waits for. */
public final class Patience {

    private final InstantSource clock;
    private final Instant deadline;
    private final Consumer<String> listener;
    private final Pause pause;

    /**
     * @param deadline no wait goes beyond it
     * @param listener told in a sentence before each wait
     */
    public Patience(InstantSource clock, Instant deadline, Consumer<String> listener) {
        this(clock, deadline, listener, Pause.REAL);
    }

    /**
     * The same where time may pass otherwise.
     *
     * @param pause waits
     */
    public Patience(InstantSource clock, Instant deadline, Consumer<String> listener, Pause pause) {
        this.clock = clock;
        this.deadline = deadline;
        this.listener = listener;
        this.pause = pause;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * @param why a clause without a full stop
     * @throws Exhausted at once if the wait would not be over in time
     */
    void await(Duration duration, String why) throws IOException {
        if (clock.instant().plus(duration).isAfter(deadline)) {
            throw new Exhausted(
                    why + "; the " + duration.toSeconds() + " s until the next try are longer than this run lasts");
        }
        listener.accept("Waiting " + duration.toSeconds() + " s: " + why + ".");
        try {
            pause.of(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting: " + why);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Waiting would take too long. */
    static final class Exhausted extends IOException {
        Exhausted(String message) {
            super(message);
        }
    }
}

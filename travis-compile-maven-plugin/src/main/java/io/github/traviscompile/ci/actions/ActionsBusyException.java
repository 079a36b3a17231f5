package io.github.traviscompile.ci.actions;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** GitHub gave no answer of worth this time and may give one the next; the message is the reason in words. */
final class ActionsBusyException extends Exception {

    private final Duration retryAfter;

    ActionsBusyException(String reason, Duration retryAfter, @Nullable Throwable cause) {
        super(reason, cause);
        this.retryAfter = retryAfter;
    }

    /** What GitHub asks for; zero where it says nothing. */
    Duration retryAfter() {
        return retryAfter;
    }
}

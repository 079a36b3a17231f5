package io.github.traviscompile.ci.travis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API gave no answer of worth this time and may give one the next; the message is the reason in words. */
final class TravisBusyException extends Exception {

    private final Duration retryAfter;

    TravisBusyException(String reason, Duration retryAfter, @Nullable Throwable cause) {
        super(reason, cause);
        this.retryAfter = retryAfter;
    }

    /** What the service asks for; zero where it says nothing. */
    Duration retryAfter() {
        return retryAfter;
    }
}

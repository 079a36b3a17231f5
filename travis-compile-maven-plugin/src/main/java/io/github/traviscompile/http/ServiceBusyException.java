package io.github.traviscompile.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An API gave no usable answer this time and may give one the next; the message is the reason in words. */
public class ServiceBusyException extends Exception {

    private final Duration retryAfter;

    /**
     * @param reason completes a sentence that begins with the service, without a full stop
     * @param retryAfter zero where the service says nothing
     */
    public ServiceBusyException(String reason, Duration retryAfter, @Nullable Throwable cause) {
        super(reason, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the service asks to be left alone; zero where it says nothing. */
    public final Duration retryAfter() {
        return retryAfter;
    }
}

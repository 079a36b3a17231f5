package io.github.traviscompile.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An API gave no usable reply, and a later attempt may get one; the message is the reason in words. */
public class ServiceBusyException extends Exception {

    private final Duration retryAfter;

    /**
     * @param reason completes a sentence that begins with the service, without a full stop
     * @param retryAfter zero if the service requests no pause
     */
    public ServiceBusyException(String reason, Duration retryAfter, @Nullable Throwable cause) {
        super(reason, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns the pause that the service requests, or zero. */
    public final Duration retryAfter() {
        return retryAfter;
    }
}

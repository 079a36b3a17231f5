package io.github.traviscompile.model;

import java.io.IOException;

/** A failure in spite of a correct configuration: disk, network, a service, a bug. */
public final class WorkFailedException extends CrossCompileException {

    public WorkFailedException(String message) {
        super(message, null);
    }

    public WorkFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Describes a failure of the file system or the network.
     *
     * @param what what failed, with the value, without a full stop
     * @param remedy what to do, as a sentence
     */
    public static WorkFailedException of(String what, IOException cause, String remedy) {
        return new WorkFailedException(what + ": " + inWords(cause) + ". " + remedy, cause);
    }
}

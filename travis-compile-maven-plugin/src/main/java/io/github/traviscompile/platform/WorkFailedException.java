package io.github.traviscompile.platform;

/** The work could not be done though nothing in the configuration is wrong: disk, network, a service, a bug. */
public final class WorkFailedException extends CrossCompileException {

    public WorkFailedException(String message) {
        super(message, null);
    }

    public WorkFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}

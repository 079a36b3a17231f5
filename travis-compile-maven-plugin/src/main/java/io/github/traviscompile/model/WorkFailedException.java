package io.github.traviscompile.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** The work could not be done though nothing in the configuration is wrong: disk, network, a service, a bug. */
public final class WorkFailedException extends CrossCompileException {

    public WorkFailedException(String message) {
        super(message, null);
    }

    public WorkFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A failure of the file system or the network.
     *
     * @param what what failed, with the value, without a full stop
     * @param remedy what to do, as a sentence
     */
    public static WorkFailedException of(String what, IOException cause, String remedy) {
        return new WorkFailedException(what + ": " + inWords(cause) + ". " + remedy, cause);
    }

    /** Java puts the reason of several failures into the name of the exception only and the path into the message. */
    private static String inWords(IOException cause) {
        String message = cause.getMessage();
        boolean onlyPath = cause instanceof FileSystemException failure && failure.getReason() == null;
        if (message != null && !onlyPath) {
            return message.replaceFirst("\\.$", "");
        }
        String words = cause.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        return message == null ? words : words + ", '" + message + "'";
    }
}

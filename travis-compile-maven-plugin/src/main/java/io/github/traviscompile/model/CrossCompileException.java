package io.github.traviscompile.model;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The only family of checked exceptions of this plugin. The user sees the message as it is: what failed, with the
 * value; why; what to do, with parameter and property. It ends with a full stop and holds no secret.
 */
public abstract sealed class CrossCompileException extends Exception
        permits ActionNeededException, WorkFailedException {

    CrossCompileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns the message; never null, unlike other exceptions' messages. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /**
     * Describes {@code cause}. For several failures Java's message is the path alone, and only the exception's name
     * holds the reason.
     */
    static String inWords(IOException cause) {
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

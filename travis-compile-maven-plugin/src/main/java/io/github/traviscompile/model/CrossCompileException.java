package io.github.traviscompile.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one checked exception family of this plugin. The message is shown to a person as it is: what failed, with the
 * value; why; what to do, with parameter and property. It ends with a full stop and holds no secret.
 */
public abstract sealed class CrossCompileException extends Exception
        permits ActionNeededException, WorkFailedException {

    CrossCompileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Never null, unlike other exceptions' messages. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

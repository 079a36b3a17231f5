package io.github.traviscompile.verify.wheel;

import java.io.IOException;
import java.util.Objects;

/**
 * A wheel is damaged, hostile or not a wheel. The message is the middle of a sentence, {@code not a valid zip file:
 * <why>}, names no file and has no full stop. Any other {@link IOException} of this package is an error of the disk.
 */
final class InvalidWheelException extends IOException {

    private static final long serialVersionUID = 1;

    InvalidWheelException(String message) {
        super(message);
    }

    /** Returns the message, which is never null here. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

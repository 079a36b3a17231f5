package io.github.traviscompile.verify.wheel;

import java.io.IOException;
import java.util.Objects;

/**
 * A wheel is damaged, hostile or no wheel at all. The message is the middle of a sentence, {@code not a valid zip file:
 * <why>}, names no file and ends without a full stop. Any other {@link IOException} of this package is the disk's.
 */
final class InvalidWheelException extends IOException {

    private static final long serialVersionUID = 1;

    InvalidWheelException(String message) {
        super(message);
    }

    /** Never null, unlike other exceptions' messages. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

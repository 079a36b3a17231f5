package io.github.traviscompile.verify.bytes;

import java.io.IOException;
import java.util.Objects;

/**
 * A file is damaged, hostile or not a binary. The message is of the form {@code not a valid ELF file: <why>, at offset
 * 64}, names no file and has no full stop. Any other {@link IOException} of this package is an error of the disk.
 */
public final class InvalidBinaryException extends IOException {

    private final long offset;

    InvalidBinaryException(String kind, String why, long offset) {
        super("not a valid " + kind + ": " + why + ", at offset " + offset);
        this.offset = offset;
    }

    /** Returns the message, which is never null here. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Returns the offset of the first error, in bytes from the beginning of the file. */
    public long offset() {
        return offset;
    }
}

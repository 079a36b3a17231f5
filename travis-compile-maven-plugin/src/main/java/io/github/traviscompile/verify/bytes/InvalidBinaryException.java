package io.github.traviscompile.verify.bytes;

import java.io.IOException;
import java.util.Objects;

/**
 * A file is damaged, hostile or no binary at all. The message says so in words, {@code not a valid ELF file: <why>, at
 * offset 64}, names no file and ends without a full stop. Any other {@link IOException} of this package is the disk's.
 */
public final class InvalidBinaryException extends IOException {

    private final long offset;

    InvalidBinaryException(String kind, String why, long offset) {
        super("not a valid " + kind + ": " + why + ", at offset " + offset);
        this.offset = offset;
    }

    /** Never null, unlike other exceptions' messages. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Where in the file, in bytes from its beginning, the first wrong thing was met. */
    public long offset() {
        return offset;
    }
}

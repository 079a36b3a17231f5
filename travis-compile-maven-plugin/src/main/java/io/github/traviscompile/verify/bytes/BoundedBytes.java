package io.github.traviscompile.verify.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A table of the file in memory. An access outside its bounds is an {@link InvalidBinaryException}, never a Java
 * runtime exception.
 */
public final class BoundedBytes {

    private final BoundedFile source;
    private final long offset;
    private final ByteBuffer bytes;

    BoundedBytes(BoundedFile source, long offset, ByteBuffer bytes) {
        this.source = source;
        this.offset = offset;
        this.bytes = bytes;
    }

    public int length() {
        return bytes.capacity();
    }

    /** Returns a part of the table. */
    public BoundedBytes part(long at, long length) throws InvalidBinaryException {
        int begin = index(at, length);
        return new BoundedBytes(
                source, offset + at, bytes.slice(begin, (int) length).order(bytes.order()));
    }

    /** Returns the same bytes in the opposite byte order. */
    public BoundedBytes reversed() {
        ByteOrder other = bytes.order() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new BoundedBytes(source, offset, bytes.duplicate().order(other));
    }

    public int u8(long at) throws InvalidBinaryException {
        return bytes.get(index(at, 1)) & 0xff;
    }

    public int u16(long at) throws InvalidBinaryException {
        return bytes.getShort(index(at, 2)) & 0xffff;
    }

    public long u32(long at) throws InvalidBinaryException {
        return bytes.getInt(index(at, 4)) & 0xffff_ffffL;
    }

    /** Returns a signed 32-bit value, for codes that are compared rather than counted. */
    public int i32(long at) throws InvalidBinaryException {
        return bytes.getInt(index(at, 4));
    }

    /** Returns an unsigned 64-bit value. From 2^63 on it is negative, which {@link BoundedFile#require} refuses. */
    public long u64(long at) throws InvalidBinaryException {
        return bytes.getLong(index(at, 8));
    }

    /** Returns a field as wide as an address: {@code bits} is 32 or 64. */
    public long word(long at, int bits) throws InvalidBinaryException {
        return bits == 64 ? u64(at) : u32(at);
    }

    /** Returns the offset of the next zero from {@code at} on, or -1. */
    public int zero(long at) throws InvalidBinaryException {
        for (int i = index(at, 0); i < bytes.capacity(); i++) {
            if (bytes.get(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Returns a zero-terminated text. */
    public String text(long at, String what) throws InvalidBinaryException {
        int end = zero(at);
        if (end < 0) {
            throw source.invalid(offset + at, what + " has no end");
        }
        return text(at, end - at);
    }

    /** Returns a text of a given length. Bytes that are not UTF-8 become replacement characters. */
    public String text(long at, long length) throws InvalidBinaryException {
        int begin = index(at, length);
        keep(at, length);
        return new String(bytes.array(), bytes.arrayOffset() + begin, (int) length, StandardCharsets.UTF_8);
    }

    /** Returns the text of a field of fixed length, without its padding of zeros. */
    public String padded(long at, long length) throws InvalidBinaryException {
        String text = text(at, length);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Counts a text built from this table towards {@link BoundedFile#MOST_KEPT}. */
    public void keep(long at, long length) throws InvalidBinaryException {
        source.keep(offset + at, length);
    }

    /**
     * Returns the exception for a wrong byte.
     *
     * @param at offset in this table; the message counts from the beginning of the file
     */
    public InvalidBinaryException invalid(long at, String why) {
        return source.invalid(offset + at, why);
    }

    private int index(long at, long length) throws InvalidBinaryException {
        if (at < 0 || length < 0 || at > bytes.capacity() || length > bytes.capacity() - at) {
            throw source.invalid(offset + bytes.capacity(), "a table ends in the middle of a field, at its byte " + at);
        }
        return (int) at;
    }
}

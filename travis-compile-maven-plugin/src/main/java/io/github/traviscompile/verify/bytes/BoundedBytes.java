package io.github.traviscompile.verify.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A table in memory. Each look at it is held to its bounds; a field outside is the file's fault, not an exception of Java. */
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

    /** A part of the table, as one of its own. */
    public BoundedBytes part(long at, long length) throws InvalidBinaryException {
        int begin = index(at, length);
        return new BoundedBytes(
                source, offset + at, bytes.slice(begin, (int) length).order(bytes.order()));
    }

    /** The same bytes with their numbers in the other order. */
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

    /** The same four bytes with a sign, for codes that are compared rather than counted. */
    public int i32(long at) throws InvalidBinaryException {
        return bytes.getInt(index(at, 4));
    }

    /** A value from 2^63 on comes out negative, which {@link BoundedFile#require} takes for what it is. */
    public long u64(long at) throws InvalidBinaryException {
        return bytes.getLong(index(at, 8));
    }

    /** A field as wide as an address: {@code bits} is 32 or 64. */
    public long word(long at, int bits) throws InvalidBinaryException {
        return bits == 64 ? u64(at) : u32(at);
    }

    /** Where from {@code at} on the next zero is, or -1. */
    public int zero(long at) throws InvalidBinaryException {
        for (int i = index(at, 0); i < bytes.capacity(); i++) {
            if (bytes.get(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The text that a zero ends. */
    public String text(long at, String what) throws InvalidBinaryException {
        int end = zero(at);
        if (end < 0) {
            throw source.invalid(offset + at, what + " has no end");
        }
        return text(at, end - at);
    }

    /** The text of a given length; what is no UTF-8 comes out as replacement characters. */
    public String text(long at, long length) throws InvalidBinaryException {
        int begin = index(at, length);
        keep(at, length);
        return new String(bytes.array(), bytes.arrayOffset() + begin, (int) length, StandardCharsets.UTF_8);
    }

    /** The text of a field that is padded with zeros or that fills it. */
    public String padded(long at, long length) throws InvalidBinaryException {
        String text = text(at, length);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** As {@link BoundedFile#keep}, for a text that is put together of what is here. */
    public void keep(long at, long length) throws InvalidBinaryException {
        source.keep(offset + at, length);
    }

    /**
     * Objects to the byte at an offset.
     *
     * @param at within this table; the message counts from the beginning of the file
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

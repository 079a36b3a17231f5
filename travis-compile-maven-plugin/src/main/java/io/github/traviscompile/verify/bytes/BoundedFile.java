package io.github.traviscompile.verify.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * An untrusted file, or a part of one. Nothing outside its bounds is read, and no table above {@link #MAX_TABLE} is
 * loaded. All parts share two more bounds. The bytes read are at most twice the file plus one mebibyte, which stops
 * overlapping and cyclic tables. The texts kept take at most {@link #MOST_KEPT}. The opener of the channel closes it;
 * its position does not change.
 */
public final class BoundedFile {

    /** The largest table, in bytes: more than two million symbols of a 64-bit ELF file. */
    static final int MAX_TABLE = 64 << 20;

    /** The most memory for the texts of a file, in bytes: about a million names. */
    static final long MOST_KEPT = 128 << 20;

    private static final long SLACK = 1 << 20;

    /** The memory that a Java string needs apart from its characters, in bytes. */
    private static final int TEXT = 56;

    private final FileChannel channel;
    private final String kind;
    private final ByteOrder order;
    private final long start;
    private final long size;
    private final Budget budget;

    private BoundedFile(FileChannel channel, String kind, ByteOrder order, long start, long size, Budget budget) {
        this.channel = channel;
        this.kind = kind;
        this.order = order;
        this.start = start;
        this.size = size;
        this.budget = budget;
    }

    public static BoundedFile of(FileChannel channel) throws IOException {
        long size = channel.size();
        return new BoundedFile(channel, "binary", ByteOrder.LITTLE_ENDIAN, 0, size, new Budget(2 * size + SLACK));
    }

    /** Returns the same bytes, named {@code kind} in messages and read in byte order {@code order}. */
    public BoundedFile as(String kind, ByteOrder order) {
        return new BoundedFile(channel, kind, order, start, size, budget);
    }

    /** Returns the {@code length} bytes from {@code offset}. */
    public BoundedFile part(long offset, long length, String what) throws InvalidBinaryException {
        require(offset, length, what);
        return new BoundedFile(channel, kind, order, start + offset, length, budget);
    }

    /** Returns the size in bytes. */
    public long size() {
        return size;
    }

    public ByteOrder order() {
        return order;
    }

    /** Refuses a range that leaves the file. A negative number is an unsigned one of 2^63 or more. */
    public void require(long offset, long length, String what) throws InvalidBinaryException {
        if (offset < 0 || offset > size) {
            throw invalid(size, what + " would begin at " + Long.toUnsignedString(offset) + ", after the end");
        }
        if (length < 0 || length > size - offset) {
            throw invalid(
                    offset,
                    what + " would take " + Long.toUnsignedString(length) + " bytes, of which " + (size - offset)
                            + " are there");
        }
    }

    /** Reads a table into memory. */
    public BoundedBytes block(long offset, long length, String what) throws IOException {
        require(offset, length, what);
        if (length > MAX_TABLE) {
            throw invalid(offset, what + " takes " + length + " bytes, more than the " + MAX_TABLE + " that are read");
        }
        budget.left -= length;
        if (budget.left < 0) {
            throw invalid(offset, "its tables overlap or form a cycle");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(order);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + offset + bytes.position()) < 0) {
                throw invalid(offset + bytes.position(), "the file became shorter while it was read");
            }
        }
        return new BoundedBytes(this, offset, bytes);
    }

    /** Counts a text before it is created, because many symbols can share the bytes of one name. */
    void keep(long offset, long length) throws InvalidBinaryException {
        budget.kept += TEXT + length;
        if (budget.kept > MOST_KEPT) {
            throw invalid(offset, "its names take more than " + MOST_KEPT + " bytes");
        }
    }

    /** Reads {@code most} bytes, or fewer at the end of the file. */
    public BoundedBytes upTo(long offset, long most, String what) throws IOException {
        require(offset, 0, what);
        return block(offset, Math.min(most, size - offset), what);
    }

    /** Reads a zero-terminated text of at most {@code most} bytes. */
    public String text(long offset, int most, String what) throws IOException {
        return upTo(offset, most, what).text(0, what);
    }

    /**
     * Returns the exception for a wrong byte.
     *
     * @param offset in this file or part; the message counts from the beginning of the whole file
     */
    public InvalidBinaryException invalid(long offset, String why) {
        return new InvalidBinaryException(kind, why, start + offset);
    }

    /** The bytes that a file and its parts may still read, and the bytes kept. */
    private static final class Budget {
        private long left;
        private long kept;

        Budget(long bytes) {
            this.left = bytes;
        }
    }
}

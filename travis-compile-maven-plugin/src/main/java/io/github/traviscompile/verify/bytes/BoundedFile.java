package io.github.traviscompile.verify.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A file, or a part of one, whose content is not trusted. Nothing outside its bounds is read, and no table larger than
 * {@link #MAX_TABLE} is taken into memory. All parts together share two more bounds: what is read is at most twice the
 * file and a mebibyte, so that tables that overlap or lead in circles end there, and what texts are kept take at most
 * {@link #MOST_KEPT}. The channel stays its opener's, and its position is left alone.
 */
public final class BoundedFile {

    /** The largest table, in bytes: more than two million symbols of a 64-bit ELF file. */
    static final int MAX_TABLE = 64 << 20;

    /** What the texts of a file may take, in bytes: about a million names. */
    static final long MOST_KEPT = 128 << 20;

    private static final long SLACK = 1 << 20;

    /** What Java takes for a text besides its letters, in bytes. */
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

    /** The same bytes, called {@code kind} in messages and read in the order {@code order}. */
    public BoundedFile as(String kind, ByteOrder order) {
        return new BoundedFile(channel, kind, order, start, size, budget);
    }

    /** The {@code length} bytes from {@code offset}, as a source of its own. */
    public BoundedFile part(long offset, long length, String what) throws InvalidBinaryException {
        require(offset, length, what);
        return new BoundedFile(channel, kind, order, start + offset, length, budget);
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    public ByteOrder order() {
        return order;
    }

    /** Refuses a range of which a part lies outside. A negative number is one above 2^63. */
    public void require(long offset, long length, String what) throws InvalidBinaryException {
        if (offset < 0 || offset > size) {
            throw invalid(size, what + " would begin at " + Long.toUnsignedString(offset) + ", behind the end");
        }
        if (length < 0 || length > size - offset) {
            throw invalid(
                    offset,
                    what + " would take " + Long.toUnsignedString(length) + " bytes, of which " + (size - offset)
                            + " are there");
        }
    }

    /** Takes a table into memory. */
    public BoundedBytes block(long offset, long length, String what) throws IOException {
        require(offset, length, what);
        if (length > MAX_TABLE) {
            throw invalid(offset, what + " takes " + length + " bytes, more than the " + MAX_TABLE + " that are read");
        }
        budget.left -= length;
        if (budget.left < 0) {
            throw invalid(offset, "its tables overlap or lead in circles");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(order);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + offset + bytes.position()) < 0) {
                throw invalid(offset + bytes.position(), "the file became shorter while it was read");
            }
        }
        return new BoundedBytes(this, offset, bytes);
    }

    /** Notes that a text is kept, before it is made; names of many symbols may all lie in the same few bytes. */
    void keep(long offset, long length) throws InvalidBinaryException {
        budget.kept += TEXT + length;
        if (budget.kept > MOST_KEPT) {
            throw invalid(offset, "its names take more than " + MOST_KEPT + " bytes");
        }
    }

    /** Up to {@code most} bytes, fewer where the end comes first. */
    public BoundedBytes upTo(long offset, long most, String what) throws IOException {
        require(offset, 0, what);
        return block(offset, Math.min(most, size - offset), what);
    }

    /** The text that a zero ends within {@code most} bytes. */
    public String text(long offset, int most, String what) throws IOException {
        return upTo(offset, most, what).text(0, what);
    }

    /**
     * Objects to the byte at an offset.
     *
     * @param offset within this source; the message counts from the beginning of the file
     */
    public InvalidBinaryException invalid(long offset, String why) {
        return new InvalidBinaryException(kind, why, start + offset);
    }

    /** What a file and all its parts may still read, and what they keep, in bytes. */
    private static final class Budget {
        private long left;
        private long kept;

        Budget(long bytes) {
            this.left = bytes;
        }
    }
}

package io.github.traviscompile.verify.bytes;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.BitSet;

/** A file in memory, optionally truncated, that counts the bytes read from it. */
public final class BytesChannel extends FileChannel {

    private final byte[] bytes;
    private final int length;
    private final BitSet touched = new BitSet();
    private long read;
    private int largest;

    public BytesChannel(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** Holds the first {@code length} bytes of {@code bytes}. */
    public BytesChannel(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Returns the number of bytes read; bytes read twice count twice. */
    public long bytesRead() {
        return read;
    }

    /** Returns the size of the largest requested buffer, in bytes. */
    int largestBuffer() {
        return largest;
    }

    /** Returns the offsets that were read. */
    public BitSet touched() {
        return touched;
    }

    @Override
    public int read(ByteBuffer target, long position) {
        largest = Math.max(largest, target.remaining());
        if (position >= length) {
            return -1;
        }
        int count = Math.min(target.remaining(), length - (int) position);
        target.put(bytes, (int) position, count);
        touched.set((int) position, (int) position + count);
        read += count;
        return count;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    protected void implCloseChannel() {}

    // A reader of tables uses none of the following.

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}

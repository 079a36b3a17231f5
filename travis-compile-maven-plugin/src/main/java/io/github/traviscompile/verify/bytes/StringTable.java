package io.github.traviscompile.verify.bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The zero-terminated names of symbols in a part of the file. Names are read in order of their offset, through a
 * window. So the file is read once for any order of requests, and parts without requested names are skipped.
 */
public final class StringTable {

    /** The most names of one file. */
    public static final int MAX_NAMES = 1 << 20;

    /** The longest name, in bytes; also the size of the window. */
    private static final int MAX_NAME = 64 << 10;

    /** The bytes read first for a single name. */
    private static final int USUAL_NAME = 256;

    private final BoundedFile source;
    private final long offset;
    private final long length;

    public StringTable(BoundedFile source, long offset, long length) throws InvalidBinaryException {
        source.require(offset, length, "the table of names");
        this.source = source;
        this.offset = offset;
        this.length = length;
    }

    /** Reads one name. */
    public String text(long at, String what) throws IOException {
        require(at, what);
        BoundedBytes block = source.block(offset + at, Math.min(USUAL_NAME, length - at), what);
        return block.zero(0) >= 0
                ? block.text(0, what)
                : source.block(offset + at, Math.min(MAX_NAME, length - at), what)
                        .text(0, what);
    }

    /** Reads the names at the offsets {@code places}, in their order. */
    public List<String> texts(long[] places) throws IOException {
        long[] sorted = places.clone();
        Arrays.sort(sorted);
        List<String> names = new ArrayList<>();
        BoundedBytes window = null;
        long begin = 0;
        for (long at : sorted) {
            require(at, "the name of a symbol");
            if (window == null || at - begin >= window.length() || window.zero(at - begin) < 0) {
                begin = at;
                window = source.block(offset + at, Math.min(MAX_NAME, length - at), "the name of a symbol");
            }
            names.add(window.text(at - begin, "the name of a symbol"));
        }
        return names;
    }

    private void require(long at, String what) throws InvalidBinaryException {
        if (at < 0 || at >= length) {
            throw source.invalid(
                    offset, what + " would be at " + Long.toUnsignedString(at) + " of a table of " + length + " bytes");
        }
    }
}

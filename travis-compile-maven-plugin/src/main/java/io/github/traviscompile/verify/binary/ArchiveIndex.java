package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of a static library: names, and the offsets of the members that define them. A member after the end of the
 * file shows that the file is truncated.
 */
record ArchiveIndex(List<String> names) {

    /**
     * Reads a count, an offset for each name, and the names; all numbers are big-endian.
     *
     * @param archive the size of the archive in bytes
     * @param width of a number, 4 or 8 bytes
     */
    static ArchiveIndex ofGnu(long archive, BoundedBytes bytes, int width) throws InvalidBinaryException {
        List<String> names = new ArrayList<>();
        if (bytes.length() == 0) {
            return new ArchiveIndex(names);
        }
        long count = bytes.word(0, 8 * width);
        long at = width * (count + 1);
        if (count < 0 || count > StringTable.MAX_NAMES || at > bytes.length()) {
            throw bytes.invalid(0, "its index would hold " + Long.toUnsignedString(count) + " names");
        }
        for (long i = 1; i <= count; i++) {
            requireMember(bytes, archive, i * width, width);
            names.add(bytes.text(at, "a name of the index"));
            at = bytes.zero(at) + 1L;
        }
        return new ArchiveIndex(names);
    }

    /**
     * Reads the size of the table, two offsets for each name, the size of the names, and the names. The offsets are
     * those of the name and of its member. The first number shows the byte order, which is that of the objects'
     * processor.
     */
    static ArchiveIndex ofBsd(long archive, BoundedBytes read, int width) throws InvalidBinaryException {
        List<String> names = new ArrayList<>();
        if (read.length() == 0) {
            return new ArchiveIndex(names);
        }
        BoundedBytes bytes = isTable(read, width) ? read : read.reversed();
        long table = bytes.word(0, 8 * width);
        if (!isTable(bytes, width) || table / (2L * width) > StringTable.MAX_NAMES) {
            throw bytes.invalid(0, "its index would take " + Long.toUnsignedString(table) + " bytes");
        }
        long texts = table + 2L * width;
        for (long at = width; at < width + table; at += 2L * width) {
            requireMember(bytes, archive, at + width, width);
            names.add(bytes.text(texts + bytes.word(at, 8 * width), "a name of the index"));
        }
        return new ArchiveIndex(names);
    }

    private static boolean isTable(BoundedBytes bytes, int width) throws InvalidBinaryException {
        long table = bytes.word(0, 8 * width);
        return table >= 0 && table % (2L * width) == 0 && table <= bytes.length() - 2L * width;
    }

    private static void requireMember(BoundedBytes bytes, long archive, long at, int width)
            throws InvalidBinaryException {
        long member = bytes.word(at, 8 * width);
        if (member < 0 || member >= archive) {
            throw bytes.invalid(at, "its index points after its end, to " + Long.toUnsignedString(member));
        }
    }
}

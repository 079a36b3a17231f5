package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The file offsets of the addresses of a loaded image (Microsoft's PE Format, "Section Table"). */
final class PeSections {

    private static final int ENTRY = 40;

    private final BoundedFile source;
    private final long headers;

    /** The sections by address. They are adjacent in memory, so the last one that begins before an address holds it. */
    private final NavigableMap<Long, Section> sections = new TreeMap<>();

    /**
     * @param offset of the table of sections
     * @param headers the bytes of the file's beginning that are loaded
     */
    PeSections(BoundedFile source, long offset, int count, long headers) throws IOException {
        this.source = source;
        this.headers = headers;
        BoundedBytes table = source.block(offset, (long) count * ENTRY, "the table of sections");
        for (long at = 0; at < table.length(); at += ENTRY) {
            long content = table.u32(at + 20);
            long size = content == 0 ? 0 : table.u32(at + 16);
            source.require(content, size, "section " + at / ENTRY);
            if (size > 0) {
                sections.putIfAbsent(table.u32(at + 12), new Section(content, size));
            }
        }
    }

    /** Returns the file offset of an address that counts from the image's beginning. */
    long offset(long address, String what) throws InvalidBinaryException {
        Map.Entry<Long, Section> last = sections.floorEntry(address);
        if (last != null && address - last.getKey() < last.getValue().size) {
            return last.getValue().offset + address - last.getKey();
        }
        if (address >= 0 && address < Math.min(headers, source.size())) {
            return address;
        }
        throw source.invalid(0, what + " is at address 0x" + Long.toHexString(address) + ", which no section fills");
    }

    /** The file offset and length of a section. */
    private record Section(long offset, long size) {}
}

package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where in the file the addresses of a loaded image are (Microsoft's PE Format, "Section Table"). */
final class PeSections {

    private static final int ENTRY = 40;

    private final BoundedFile source;
    private final long headers;

    /** By address. Sections follow one another in memory, so that the last that begins before an address holds it. */
    private final NavigableMap<Long, Section> sections = new TreeMap<>();

    /**
     * @param offset of the table of sections
     * @param headers how much of the beginning of the file is loaded, in bytes
     */
    PeSections(BoundedFile source, long offset, int count, long headers) throws IOException {
        this.source = source;
        this.headers = headers;
        BoundedBytes table = source.block(offset, (long) count * ENTRY, "the table of sections");
        for (long at = 0; at < table.length(); at += ENTRY) {
            long place = table.u32(at + 20);
            long size = place == 0 ? 0 : table.u32(at + 16);
            source.require(place, size, "section " + at / ENTRY);
            if (size > 0) {
                sections.putIfAbsent(table.u32(at + 12), new Section(place, size));
            }
        }
    }

    /** The place in the file of an address that counts from the image's beginning. */
    long offset(long address, String what) throws InvalidBinaryException {
        Map.Entry<Long, Section> last = sections.floorEntry(address);
        if (last != null && address - last.getKey() < last.getValue().size) {
            return last.getValue().place + address - last.getKey();
        }
        if (address >= 0 && address < Math.min(headers, source.size())) {
            return address;
        }
        throw source.invalid(0, what + " is at address 0x" + Long.toHexString(address) + ", which no section fills");
    }

    /** Where one is in the file, and how long. */
    private record Section(long place, long size) {}
}

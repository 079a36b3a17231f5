package io.github.traviscompile.verify;

import java.io.IOException;

/** Where in the file the addresses of a loaded image are (Microsoft's PE Format, "Section Table"). */
final class PeSections {

    private static final int ENTRY = 40;

    private final Source source;
    private final Block table;
    private final long headers;

    /**
     * @param offset of the table of sections
     * @param headers how much of the beginning of the file is loaded, in bytes
     */
    PeSections(Source source, long offset, int count, long headers) throws IOException {
        this.source = source;
        this.table = source.block(offset, (long) count * ENTRY, "the table of sections");
        this.headers = headers;
        for (long at = 0; at < table.length(); at += ENTRY) {
            source.require(
                    table.u32(at + 20), table.u32(at + 20) == 0 ? 0 : table.u32(at + 16), "section " + at / ENTRY);
        }
    }

    /** The place in the file of an address that counts from the image's beginning. */
    long offset(long address, String what) throws InvalidBinaryException {
        for (long at = 0; at < table.length(); at += ENTRY) {
            long within = address - table.u32(at + 12);
            if (within >= 0 && within < table.u32(at + 16) && table.u32(at + 20) != 0) {
                return table.u32(at + 20) + within;
            }
        }
        if (address >= 0 && address < Math.min(headers, source.size())) {
            return address;
        }
        throw source.invalid(0, what + " is at address 0x" + Long.toHexString(address) + ", which no section fills");
    }
}

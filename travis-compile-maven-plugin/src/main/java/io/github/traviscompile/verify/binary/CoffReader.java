package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads the members of a Windows library (Microsoft's PE Format, "COFF File Header" and "Import Library Format"). */
final class CoffReader {

    private static final int HEADER = 20;
    private static final int SECTION = 40;
    private static final int LONGEST_NAME = 64 << 10;

    private final BoundedFile source;

    CoffReader(BoundedFile member) {
        this.source = member.as("COFF object", ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the member if it is a COFF file. An object file begins with its machine number and has no other mark. Large
     * objects and imports begin with an unused machine number.
     */
    Optional<Image> read() throws IOException {
        if (source.size() < HEADER) {
            return Optional.empty();
        }
        BoundedBytes header = source.block(0, HEADER, "the header");
        if (header.u16(0) == 0 && header.u16(2) == 0xffff) {
            return Optional.of(header.u16(4) == 0 ? imported(header) : bigObject(header));
        }
        if (CpuCodes.ofCoff(header.u16(0)) == Cpu.UNKNOWN || header.u16(16) != 0) {
            return Optional.empty();
        }
        sections(HEADER, header.u16(2));
        symbols(header.u32(8), header.u32(12), 18);
        return Optional.of(new CoffObject(header.u16(0), Optional.empty()));
    }

    /** Reads an import. Two names follow its header: the imported name and the DLL's. */
    private Image imported(BoundedBytes header) throws IOException {
        long size = header.u32(12);
        source.require(HEADER, size, "the names of an import");
        BoundedBytes names = source.block(HEADER, Math.min(size, LONGEST_NAME), "the names of an import");
        names.text(0, "the name of an import");
        return new CoffObject(header.u16(6), Optional.of(names.text(names.zero(0) + 1L, "the DLL of an import")));
    }

    /** Reads an object with many sections ({@code ANON_OBJECT_HEADER_BIGOBJ} of winnt.h). */
    private Image bigObject(BoundedBytes header) throws IOException {
        BoundedBytes rest = source.block(HEADER, 36, "the header");
        sections(HEADER + 36, rest.u32(24));
        symbols(rest.u32(28), rest.u32(32), 20);
        return new CoffObject(header.u16(6), Optional.empty());
    }

    private void sections(long offset, long count) throws IOException {
        BoundedBytes table = source.block(offset, count * SECTION, "the table of sections");
        for (long at = 0; at < table.length(); at += SECTION) {
            long content = table.u32(at + 20);
            source.require(content, content == 0 ? 0 : table.u32(at + 16), "section " + at / SECTION);
        }
    }

    private void symbols(long offset, long count, int entry) throws InvalidBinaryException {
        source.require(offset, offset == 0 ? 0 : count * entry, "the table of symbols");
    }
}

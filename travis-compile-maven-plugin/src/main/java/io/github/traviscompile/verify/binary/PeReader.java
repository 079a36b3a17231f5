package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads an executable or library of Windows (Microsoft's PE Format). */
final class PeReader {

    private static final int SIGNATURE = 0x0000_4550;
    private static final int PE32 = 0x10b;
    private static final int PE32_PLUS = 0x20b;

    private static final int EXPORTS = 0;
    private static final int IMPORTS = 1;
    private static final int CERTIFICATES = 4;
    private static final int LOAD_CONFIG = 10;
    private static final int DELAY_IMPORTS = 13;

    /**
     * The offset of {@code CHPEMetadataPointer} in {@code IMAGE_LOAD_CONFIG_DIRECTORY64}, set if there is ARM64EC code.
     */
    private static final int HYBRID = 0xc8;

    private static final int MOST_DLLS = 4096;

    /** Twice the limit for a path in most functions of Windows, {@code MAX_PATH}. */
    private static final int LONGEST_DLL = 512;

    private final BoundedFile source;
    private final BoundedBytes coff;
    private final BoundedBytes optional;
    private final PeSections sections;
    private final int bits;

    PeReader(BoundedFile file) throws IOException {
        source = file.as("PE file", ByteOrder.LITTLE_ENDIAN);
        long header = source.block(0, 64, "the DOS header").u32(60);
        coff = source.block(header, 24, "the PE header");
        if (coff.i32(0) != SIGNATURE) {
            throw coff.invalid(0, "it is a program for DOS or 16-bit Windows");
        }
        optional = source.block(header + 24, coff.u16(20), "the optional header");
        bits = switch (optional.u16(0)) {
            case PE32 -> 32;
            case PE32_PLUS -> 64;
            default -> throw optional.invalid(0, "its magic number is " + optional.u16(0));
        };
        sections = new PeSections(source, header + 24 + optional.length(), coff.u16(6), optional.u32(60));
    }

    static boolean begins(BoundedBytes start) throws InvalidBinaryException {
        return start.length() >= 2 && start.u8(0) == 'M' && start.u8(1) == 'Z';
    }

    Pe read() throws IOException {
        checkSymbols();
        // The only directory with a file offset instead of an address: certificates are not loaded.
        source.require(directory(CERTIFICATES, 0), directory(CERTIFICATES, 4), "the signature");
        return new Pe(
                bits,
                coff.u16(4),
                isHybrid(),
                coff.u16(22),
                optional.u16(68),
                List.copyOf(imports()),
                List.copyOf(delayImports()),
                exports());
    }

    /** Checks the symbols that GNU's tools write after the last section; a truncated file lacks them. */
    private void checkSymbols() throws IOException {
        long offset = coff.u32(12);
        if (offset != 0) {
            long names = offset + 18 * coff.u32(16);
            source.require(offset, names - offset, "the table of symbols");
            source.require(names, source.block(names, 4, "the names of symbols").u32(0), "the names of symbols");
        }
    }

    /** Returns half of a data directory: the address at 0, the size at 4. Missing directories are empty. */
    private long directory(int index, int half) throws InvalidBinaryException {
        int directories = bits == 64 ? 112 : 96;
        return index < optional.u32(directories - 4) ? optional.u32(directories + 8L * index + half) : 0;
    }

    private boolean isHybrid() throws IOException {
        long address = directory(LOAD_CONFIG, 0);
        if (address == 0 || bits == 32) {
            return false;
        }
        long offset = sections.offset(address, "the load configuration");
        long size = source.block(offset, 4, "the load configuration").u32(0);
        return size >= HYBRID + 8
                && source.block(offset + HYBRID, 8, "the load configuration").u64(0) != 0;
    }

    /** Reads one entry of 20 bytes for each DLL; an entry without a name is the last. */
    private Set<String> imports() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        long address = directory(IMPORTS, 0);
        while (address != 0) {
            long offset = sections.offset(address, "the table of imports");
            long name = source.block(offset, 20, "the table of imports").u32(12);
            if (name == 0) {
                break;
            }
            add(names, name, offset);
            address += 20;
        }
        return names;
    }

    /**
     * Reads one entry of 32 bytes for each DLL. If the lowest bit of the first word is clear, addresses count from 0,
     * not from the image.
     */
    private Set<String> delayImports() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        long image = bits == 64 ? optional.u64(24) : optional.u32(28);
        long address = directory(DELAY_IMPORTS, 0);
        while (address != 0) {
            long offset = sections.offset(address, "the table of delayed imports");
            BoundedBytes entry = source.block(offset, 32, "the table of delayed imports");
            long name = entry.u32(4);
            if (name == 0) {
                break;
            }
            add(names, (entry.u32(0) & 1) != 0 ? name : name - image, offset);
            address += 32;
        }
        return names;
    }

    private void add(Set<String> names, long address, long entry) throws IOException {
        names.add(source.text(sections.offset(address, "the name of a DLL"), LONGEST_DLL, "the name of a DLL"));
        if (names.size() > MOST_DLLS) {
            throw source.invalid(entry, "it imports more than " + MOST_DLLS + " DLLs");
        }
    }

    /** Reads the exports. The table holds the addresses of the names, which need not be adjacent. */
    private SymbolNames exports() throws IOException {
        Decoration decoration = bits == 32 ? Decoration.STDCALL : Decoration.NONE;
        long address = directory(EXPORTS, 0);
        if (address == 0) {
            return new SymbolNames(decoration, List.of());
        }
        BoundedBytes head = source.block(sections.offset(address, "the table of exports"), 40, "the table of exports");
        long count = head.u32(24);
        if (count > StringTable.MAX_NAMES) {
            throw head.invalid(24, "it would export " + count + " names");
        }
        if (count == 0) {
            return new SymbolNames(decoration, List.of());
        }
        BoundedBytes addresses =
                source.block(sections.offset(head.u32(32), "the names of exports"), 4 * count, "the names of exports");
        long[] places = new long[addresses.length() / 4];
        for (int i = 0; i < places.length; i++) {
            places[i] = sections.offset(addresses.u32(4L * i), "the name of an export");
        }
        StringTable names = new StringTable(source, 0, source.size());
        return new SymbolNames(decoration, names.texts(places));
    }
}

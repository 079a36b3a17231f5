package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an ELF file (System V ABI, "Object Files" and "Program Loading and Dynamic Linking"). */
final class ElfReader {

    private static final int MAGIC = 0x7f45_4c46;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERP = 3;
    private static final int NOTE = 4;

    /** Section types without content in the file: {@code SHT_NULL}, {@code SHT_NOBITS}. */
    private static final int NULL = 0;

    private static final int NOBITS = 8;
    private static final int DYNSYM = 11;

    /** {@code PN_XNUM}: the count did not fit, which occurs in memory dumps only. */
    private static final int TOO_MANY = 0xffff;

    /** Linux's limit for a path, {@code PATH_MAX}. */
    private static final int LONGEST_PATH = 4096;

    private final BoundedFile source;
    private final int bits;
    private final BoundedBytes header;
    private final List<Segment> segments = new ArrayList<>();
    private Optional<Segment> dynamicSymbols = Optional.empty();

    ElfReader(BoundedFile file) throws IOException {
        BoundedBytes ident = file.as("ELF file", ByteOrder.LITTLE_ENDIAN).block(0, 16, "the identification");
        bits = switch (ident.u8(4)) {
            case 1 -> 32;
            case 2 -> 64;
            default -> throw ident.invalid(4, "its class is " + ident.u8(4));
        };
        ByteOrder order = switch (ident.u8(5)) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw ident.invalid(5, "its byte order is " + ident.u8(5));
        };
        source = file.as("ELF file", order);
        header = source.block(0, wide(52, 64), "the header");
        if (header.u8(6) != 1 || header.u32(20) != 1) {
            throw header.invalid(6, "its version is not 1");
        }
    }

    static boolean begins(BoundedBytes start) throws InvalidBinaryException {
        return start.length() >= 4 && start.i32(0) == MAGIC;
    }

    Elf read() throws IOException {
        sections();
        segments();
        Optional<String> interpreter = Optional.empty();
        List<ElfNote> notes = new ArrayList<>();
        Optional<Segment> dynamic = Optional.empty();
        for (Segment segment : segments) {
            switch (segment.type) {
                case INTERP -> interpreter = Optional.of(path(segment));
                case NOTE -> notes(segment, notes);
                case DYNAMIC -> dynamic = Optional.of(segment);
                default -> {}
            }
        }
        return new Elf(
                bits,
                source.order(),
                header.u8(7),
                header.u16(16),
                header.u16(18),
                interpreter,
                notes,
                dynamic.isPresent()
                        ? new ElfDynamicReader(this, dynamic.get().offset, dynamic.get().size).read()
                        : ElfDynamic.NONE);
    }

    BoundedFile source() {
        return source;
    }

    int bits() {
        return bits;
    }

    int machine() throws InvalidBinaryException {
        return header.u16(18);
    }

    /** Returns the section of the dynamic symbols, if there is one. */
    Optional<Segment> dynamicSymbols() {
        return dynamicSymbols;
    }

    /** Returns one of two numbers, by the class of the file. */
    int wide(int narrow, int wide) {
        return bits == 64 ? wide : narrow;
    }

    /**
     * Returns the part of the file from an address in memory to the end of its segment.
     *
     * @return offset and length in the file
     */
    Segment at(long address, String what) throws InvalidBinaryException {
        for (Segment segment : segments) {
            long within = address - segment.address;
            if (segment.type == LOAD && within >= 0 && within < segment.size) {
                return new Segment(LOAD, segment.offset + within, address, segment.size - within);
            }
        }
        throw source.invalid(0, what + " is at address 0x" + Long.toHexString(address) + ", which no segment fills");
    }

    /** Checks the sections. Loading needs none, but a section outside the file shows that the file is truncated. */
    private void sections() throws IOException {
        long offset = header.word(wide(32, 40), bits);
        int entry = header.u16(wide(46, 58));
        long count = header.u16(wide(48, 60));
        if (offset == 0) {
            return;
        }
        if (entry < wide(40, 64)) {
            throw header.invalid(wide(46, 58), "a section header takes " + entry + " bytes");
        }
        if (count == 0) {
            count = source.block(offset, entry, "the first section header").word(wide(20, 32), bits);
        }
        source.require(offset, 0, "the table of sections");
        if (count < 0 || count > source.size() / entry) {
            throw header.invalid(wide(48, 60), "it would have " + Long.toUnsignedString(count) + " sections");
        }
        BoundedBytes table = source.block(offset, count * entry, "the table of sections");
        for (long at = 0; at < table.length(); at += entry) {
            int type = table.i32(at + 4);
            Segment section = new Segment(
                    type,
                    table.word(at + wide(16, 24), bits),
                    table.word(at + wide(12, 16), bits),
                    table.word(at + wide(20, 32), bits));
            if (type != NULL && type != NOBITS) {
                source.require(section.offset, section.size, "section " + at / entry);
            }
            if (type == DYNSYM) {
                dynamicSymbols = Optional.of(section);
            }
        }
    }

    private void segments() throws IOException {
        long offset = header.word(wide(28, 32), bits);
        int entry = header.u16(wide(42, 54));
        int count = header.u16(wide(44, 56));
        if (offset == 0 || count == 0) {
            return;
        }
        if (entry < wide(32, 56) || count == TOO_MANY) {
            throw header.invalid(wide(42, 54), "it would have " + count + " program headers of " + entry + " bytes");
        }
        BoundedBytes table = source.block(offset, (long) count * entry, "the table of program headers");
        for (long at = 0; at < table.length(); at += entry) {
            Segment segment = new Segment(
                    table.i32(at),
                    table.word(at + wide(4, 8), bits),
                    table.word(at + wide(8, 16), bits),
                    table.word(at + wide(16, 32), bits));
            source.require(segment.offset, segment.size, "segment " + at / entry);
            segments.add(segment);
        }
    }

    private String path(Segment segment) throws IOException {
        if (segment.size > LONGEST_PATH) {
            throw source.invalid(segment.offset, "the path of its interpreter takes " + segment.size + " bytes");
        }
        return source.block(segment.offset, segment.size, "the interpreter").padded(0, segment.size);
    }

    /**
     * Reads notes whose names and descriptions are padded to four bytes. Later kinds are padded to eight; these
     * identify no system.
     */
    private void notes(Segment segment, List<ElfNote> notes) throws IOException {
        BoundedBytes block = source.block(segment.offset, segment.size, "the notes");
        long at = 0;
        while (at + 12 <= block.length()) {
            long name = block.u32(at);
            long description = block.u32(at + 4);
            long type = block.u32(at + 8);
            long said = at + 12 + aligned(name);
            if (said + description > block.length()) {
                throw block.invalid(at, "a note ends after the notes");
            }
            ElfNote note = new ElfNote(block.padded(at + 12, name), type, description < 4 ? -1 : block.u32(said));
            if (note.os().isPresent()) {
                notes.add(note);
            }
            at = said + aligned(description);
        }
    }

    private static long aligned(long length) {
        return (length + 3) & ~3L;
    }

    /**
     * A part of the file.
     *
     * @param offset in the file
     * @param address in memory
     * @param size in the file
     */
    record Segment(int type, long offset, long address, long size) {}
}

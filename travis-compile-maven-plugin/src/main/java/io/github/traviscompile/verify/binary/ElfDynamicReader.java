package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.binary.ElfReader.Segment;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.StringTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the dynamic section of an ELF file and the tables that it refers to (System V ABI, "Dynamic Linking"). */
final class ElfDynamicReader {

    private static final long NEEDED = 1;
    private static final long STRTAB = 5;
    private static final long STRSZ = 10;
    private static final long SONAME = 14;
    private static final long RPATH = 15;
    private static final long RUNPATH = 29;
    private static final long FLAGS_1 = 0x6fff_fffbL;
    private static final long VERNEED = 0x6fff_fffeL;
    private static final long VERNEEDNUM = 0x6fff_ffffL;

    /** The largest dynamic section, in bytes: 65,536 entries, of which a large program uses a hundred. */
    private static final int LARGEST = 1 << 20;

    /** The most versions that one file may need: glibc itself has fewer than fifty. */
    private static final int MOST_VERSIONS = 1 << 14;

    /** {@code VER_FLG_WEAK} (Linux Standard Base, "Symbol Versioning"). */
    private static final int WEAK = 2;

    private final ElfReader file;
    private final BoundedFile source;
    private final Map<Long, Long> values = new HashMap<>();
    private final List<Long> neededNames = new ArrayList<>();

    ElfDynamicReader(ElfReader file, long offset, long size) throws IOException {
        this.file = file;
        this.source = file.source();
        if (size > LARGEST) {
            throw source.invalid(offset, "the dynamic section takes " + size + " bytes");
        }
        BoundedBytes table = source.block(offset, size, "the dynamic section");
        int width = file.wide(4, 8);
        for (long at = 0; at + 2L * width <= table.length(); at += 2L * width) {
            long tag = table.word(at, file.bits());
            long value = table.word(at + width, file.bits());
            if (tag == 0) {
                break;
            }
            if (tag == NEEDED) {
                neededNames.add(value);
            } else {
                values.put(tag, value);
            }
        }
    }

    ElfDynamic read() throws IOException {
        if (!values.containsKey(STRTAB)) {
            return ElfDynamic.NONE;
        }
        Segment names = file.at(values.get(STRTAB), "the table of names");
        StringTable strings = new StringTable(
                source, names.offset(), value(STRSZ).filter(size -> size >= 0).orElse(names.size()));
        List<String> needed = new ArrayList<>();
        for (long name : neededNames) {
            needed.add(strings.text(name, "a needed library"));
        }
        ElfSymbols symbols = new ElfSymbols(file, values, strings);
        return new ElfDynamic(
                value(FLAGS_1).orElse(0L),
                needed,
                text(strings, SONAME),
                directories(strings, RPATH),
                directories(strings, RUNPATH),
                versions(strings),
                symbols.exports(),
                symbols.imports());
    }

    private Optional<Long> value(long tag) {
        return Optional.ofNullable(values.get(tag));
    }

    private Optional<String> text(StringTable strings, long tag) throws IOException {
        Long at = values.get(tag);
        return at == null ? Optional.empty() : Optional.of(strings.text(at, "a text of the dynamic section"));
    }

    /** Returns a list of directories. An empty entry means the working directory and is kept. */
    private List<String> directories(StringTable strings, long tag) throws IOException {
        return text(strings, tag).map(path -> List.of(path.split(":", -1))).orElse(List.of());
    }

    /**
     * Reads two levels of linked lists: libraries, and the versions of each. Each entry holds the distance to the next
     * one.
     */
    private List<VersionNeed> versions(StringTable strings) throws IOException {
        List<VersionNeed> versions = new ArrayList<>();
        if (!values.containsKey(VERNEED)) {
            return versions;
        }
        Segment region = file.at(values.get(VERNEED), "the table of needed versions");
        BoundedFile table = source.part(region.offset(), region.size(), "the table of needed versions");
        long libraries = value(VERNEEDNUM).orElse(0L);
        long next;
        long at = 0;
        for (long i = 0; i < libraries; i++) {
            BoundedBytes need = table.block(at, 16, "a needed library's versions");
            String library = strings.text(need.u32(4), "a library with versions");
            long version = at + need.u32(8);
            for (int j = 0; j < need.u16(2); j++) {
                BoundedBytes one = table.block(version, 16, "a needed version");
                versions.add(new VersionNeed(
                        library, strings.text(one.u32(8), "a needed version"), (one.u16(4) & WEAK) != 0));
                if (versions.size() > MOST_VERSIONS) {
                    throw one.invalid(0, "it asks for more than " + MOST_VERSIONS + " versions");
                }
                version += one.u32(12);
            }
            next = need.u32(12);
            if (next == 0) {
                break;
            }
            at += next;
        }
        return versions;
    }
}

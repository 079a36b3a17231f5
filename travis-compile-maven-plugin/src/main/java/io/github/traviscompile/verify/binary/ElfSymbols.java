package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.binary.ElfReader.Segment;
import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The dynamic symbols of an ELF file (System V ABI, "Symbol Table" and "Hash Table"). */
final class ElfSymbols {

    private static final long HASH = 4;
    private static final long SYMTAB = 6;
    private static final long GNU_HASH = 0x6fff_fef5L;
    private static final long MIPS_SYMTABNO = 0x7000_0011L;

    private static final int MIPS = 8;
    private static final int S390 = 22;
    private static final int ALPHA = 0x9026;

    private final ElfReader file;
    private final BoundedFile source;
    private final Map<Long, Long> dynamic;
    private final SymbolNames exports;
    private final SymbolNames imports;

    /** @param dynamic the values of the dynamic section by tag */
    ElfSymbols(ElfReader file, Map<Long, Long> dynamic, StringTable strings) throws IOException {
        this.file = file;
        this.source = file.source();
        this.dynamic = dynamic;
        BoundedBytes table = table();
        int entry = entry();
        int count = table.length() / entry;
        long[] exported = new long[count];
        long[] imported = new long[count];
        int exportedCount = 0;
        int importedCount = 0;
        for (int i = 1; i < count; i++) {
            long at = (long) i * entry;
            long name = table.u32(at);
            int info = table.u8(at + file.wide(12, 4));
            int other = table.u8(at + file.wide(13, 5));
            int section = table.u16(at + file.wide(14, 6));
            if (name == 0 || !isShared(info >> 4)) {
                continue;
            }
            if (section == 0) {
                imported[importedCount++] = name;
            } else if (isVisible(other & 3)) {
                exported[exportedCount++] = name;
            }
        }
        exports = new SymbolNames(Decoration.NONE, strings.texts(Arrays.copyOf(exported, exportedCount)));
        imports = new SymbolNames(Decoration.NONE, strings.texts(Arrays.copyOf(imported, importedCount)));
    }

    SymbolNames exports() {
        return exports;
    }

    SymbolNames imports() {
        return imports;
    }

    /** {@code STB_GLOBAL}, {@code STB_WEAK} and {@code STB_GNU_UNIQUE}. */
    private static boolean isShared(int binding) {
        return binding == 1 || binding == 2 || binding == 10;
    }

    /** {@code STV_DEFAULT} and {@code STV_PROTECTED}. */
    private static boolean isVisible(int visibility) {
        return visibility == 0 || visibility == 3;
    }

    private int entry() {
        return file.wide(16, 24);
    }

    private BoundedBytes table() throws IOException {
        Long address = dynamic.get(SYMTAB);
        if (address == null) {
            return source.block(0, 0, "no symbols");
        }
        Segment symbols = file.at(address, "the table of symbols");
        long count = count(address);
        if (count < 0 || count > StringTable.MAX_NAMES) {
            throw source.invalid(
                    symbols.offset(),
                    "it would have " + Long.toUnsignedString(count) + " symbols, more than the " + StringTable.MAX_NAMES
                            + " that are read");
        }
        return source.block(symbols.offset(), count * entry(), "the table of symbols");
    }

    /**
     * Returns the number of symbols, which only the tables for finding one by name reveal. GNU's hash table covers only
     * symbols that can be found; the section covers the others.
     */
    private long count(long address) throws IOException {
        Long hash = dynamic.get(HASH);
        if (file.machine() == MIPS && dynamic.containsKey(MIPS_SYMTABNO)) {
            return dynamic.get(MIPS_SYMTABNO);
        }
        if (hash != null) {
            int width = hashWidth();
            return source.block(file.at(hash, "the hash table").offset(), 2L * width, "the hash table")
                    .word(width, 8 * width);
        }
        Optional<Segment> section = file.dynamicSymbols().filter(symbols -> symbols.address() == address);
        long seen = section.map(symbols -> symbols.size() / entry()).orElse(0L);
        Long gnuHash = dynamic.get(GNU_HASH);
        return gnuHash == null ? seen : Math.max(seen, countByGnuHash(file.at(gnuHash, "the hash table")));
    }

    /**
     * Returns the width of a number in the hash table. It is four bytes, but eight on two 64-bit processors (their
     * supplements to the System V ABI).
     */
    private int hashWidth() throws InvalidBinaryException {
        boolean wide = (file.bits() == 64 && file.machine() == S390) || file.machine() == ALPHA;
        return wide ? 8 : 4;
    }

    /**
     * Counts the symbols by GNU's hash table, a format of binutils. Each bucket holds the first symbol of a chain; the
     * hash of the last symbol has its lowest bit set. Layout: count of buckets, first symbol, words of the filter, a
     * shift, the filter, the buckets, a hash for each symbol from the first on.
     */
    private long countByGnuHash(Segment region) throws IOException {
        BoundedFile table = source.part(region.offset(), region.size(), "the hash table");
        BoundedBytes head = table.block(0, 16, "the hash table");
        long buckets = 16 + head.u32(8) * file.wide(4, 8);
        BoundedBytes firsts = table.block(buckets, 4 * head.u32(0), "the buckets of the hash table");
        long first = head.u32(4);
        long last = 0;
        for (long at = 0; at < firsts.length(); at += 4) {
            last = Math.max(last, firsts.u32(at));
        }
        if (last < first) {
            return first;
        }
        long chains = buckets + firsts.length();
        while (true) {
            BoundedBytes piece = table.upTo(chains + 4 * (last - first), 4096, "a chain of the hash table");
            for (long at = 0; at < Math.max(4, piece.length() & ~3); at += 4, last++) {
                if ((piece.u32(at) & 1) != 0) {
                    return last + 1;
                }
            }
        }
    }
}

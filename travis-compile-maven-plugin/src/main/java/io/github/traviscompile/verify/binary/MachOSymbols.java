package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import io.github.traviscompile.verify.bytes.StringTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The names of a Mach-O file ({@code mach-o/nlist.h}). Exported names come from the loader's trie, or from the table of
 * symbols in files older than tries. Imported names come from the table.
 */
final class MachOSymbols {

    private static final int STAB = 0xe0;
    private static final int PRIVATE = 0x10;
    private static final int TYPE = 0x0e;
    private static final int EXTERNAL = 0x01;
    private static final int UNDEFINED = 0;

    private final BoundedFile source;
    private final int bits;
    private Optional<SymbolRange> table = Optional.empty();
    private Optional<Range> defined = Optional.empty();
    private Optional<Range> undefined = Optional.empty();
    private Optional<Range> trie = Optional.empty();

    MachOSymbols(BoundedFile source, int bits) {
        this.source = source;
        this.bits = bits;
    }

    /** Reads {@code LC_SYMTAB}. */
    void table(BoundedBytes command) throws InvalidBinaryException {
        SymbolRange found = new SymbolRange(command.u32(8), command.u32(12), command.u32(16), command.u32(20));
        source.require(found.offset, found.count * entry(), "the table of symbols");
        source.require(found.names, found.nameBytes, "the table of names");
        table = Optional.of(found);
    }

    /** Reads {@code LC_DYSYMTAB}: the ranges of the defined and the undefined symbols in the table. */
    void ranges(BoundedBytes command) throws InvalidBinaryException {
        defined = Optional.of(new Range(command.u32(16), command.u32(20)));
        undefined = Optional.of(new Range(command.u32(24), command.u32(28)));
    }

    /** Sets the range of the trie of exported names. */
    void trie(long offset, long size) throws InvalidBinaryException {
        source.require(offset, size, "the trie of exported names");
        trie = Optional.of(new Range(offset, size));
    }

    SymbolNames exports() throws IOException {
        if (trie.isPresent()) {
            BoundedBytes bytes = source.block(trie.get().first, trie.get().count, "the trie of exported names");
            return new SymbolNames(Decoration.UNDERSCORE, new ExportTrie(bytes).names());
        }
        return names(defined, true);
    }

    SymbolNames imports() throws IOException {
        return names(undefined, false);
    }

    private SymbolNames names(Optional<Range> range, boolean wanted) throws IOException {
        if (table.isEmpty()) {
            return new SymbolNames(Decoration.UNDERSCORE, List.of());
        }
        SymbolRange symbols = table.get();
        long first = range.map(Range::first).orElse(0L);
        long count = range.map(Range::count).orElse(symbols.count);
        if (first + count > symbols.count || count > StringTable.MAX_NAMES) {
            throw source.invalid(
                    symbols.offset,
                    "symbols " + first + " to " + (first + count) + " of " + symbols.count + " would be read");
        }
        BoundedBytes entries = source.block(symbols.offset + first * entry(), count * entry(), "the table of symbols");
        long[] places = new long[(int) count];
        int found = 0;
        for (long at = 0; at < entries.length(); at += entry()) {
            int type = entries.u8(at + 4);
            boolean isDefined = (type & TYPE) != UNDEFINED;
            boolean isShared = (type & EXTERNAL) != 0 && (type & (STAB | PRIVATE)) == 0;
            if (isShared && isDefined == wanted && entries.u32(at) != 0) {
                places[found++] = entries.u32(at);
            }
        }
        StringTable names = new StringTable(source, symbols.names, symbols.nameBytes);
        return new SymbolNames(Decoration.UNDERSCORE, names.texts(Arrays.copyOf(places, found)));
    }

    private int entry() {
        return bits == 64 ? 16 : 12;
    }

    private record SymbolRange(long offset, long count, long names, long nameBytes) {}

    private record Range(long first, long count) {}
}

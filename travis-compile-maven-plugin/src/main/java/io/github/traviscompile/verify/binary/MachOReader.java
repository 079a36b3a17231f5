package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a Mach-O file for one processor ({@code mach-o/loader.h}). */
final class MachOReader {

    private static final int MAGIC_32 = 0xfeed_face;
    private static final int MAGIC_64 = 0xfeed_facf;

    private static final int SEGMENT = 0x1;
    private static final int SYMTAB = 0x2;
    private static final int DYSYMTAB = 0xb;
    private static final int LOAD_DYLIB = 0xc;
    private static final int ID_DYLIB = 0xd;
    private static final int LOAD_WEAK_DYLIB = 0x8000_0018;
    private static final int SEGMENT_64 = 0x19;
    private static final int RPATH = 0x8000_001c;
    private static final int CODE_SIGNATURE = 0x1d;
    private static final int REEXPORT_DYLIB = 0x8000_001f;
    private static final int LAZY_LOAD_DYLIB = 0x20;
    private static final int DYLD_INFO = 0x22;
    private static final int DYLD_INFO_ONLY = 0x8000_0022;
    private static final int LOAD_UPWARD_DYLIB = 0x8000_0023;
    private static final int VERSION_MIN_MACOSX = 0x24;
    private static final int VERSION_MIN_IPHONEOS = 0x25;
    private static final int VERSION_MIN_TVOS = 0x2f;
    private static final int VERSION_MIN_WATCHOS = 0x30;
    private static final int BUILD_VERSION = 0x32;
    private static final int DYLD_EXPORTS_TRIE = 0x8000_0033;

    /** {@code CSMAGIC_EMBEDDED_SIGNATURE}, always big-endian. */
    private static final int SIGNATURE = 0xfade_0cc0;

    private static final int MOST_COMMANDS = 1 << 14;

    private final BoundedFile source;
    private final int bits;
    private final BoundedBytes header;

    private final List<String> needed = new ArrayList<>();
    private final List<String> rpaths = new ArrayList<>();
    private Optional<String> installName = Optional.empty();
    private Optional<AppleSystem> system = Optional.empty();
    private boolean signed;
    private final MachOSymbols symbols;

    MachOReader(BoundedFile file) throws IOException {
        BoundedBytes magic = file.as("Mach-O file", ByteOrder.BIG_ENDIAN).block(0, 4, "the magic number");
        int number = magic.i32(0);
        ByteOrder order = isMagic(number) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        bits = number == MAGIC_64 || Integer.reverseBytes(number) == MAGIC_64 ? 64 : 32;
        source = file.as("Mach-O file", order);
        header = source.block(0, bits == 64 ? 32 : 28, "the header");
        symbols = new MachOSymbols(source, bits);
    }

    static boolean begins(BoundedBytes start) throws InvalidBinaryException {
        return start.length() >= 4 && (isMagic(start.i32(0)) || isMagic(Integer.reverseBytes(start.i32(0))));
    }

    private static boolean isMagic(int number) {
        return number == MAGIC_32 || number == MAGIC_64;
    }

    MachO read() throws IOException {
        long count = header.u32(16);
        BoundedBytes commands = source.block(header.length(), header.u32(20), "the load commands");
        if (count > MOST_COMMANDS) {
            throw header.invalid(16, "it would have " + count + " load commands");
        }
        long at = 0;
        for (long i = 0; i < count; i++) {
            long size = commands.u32(at + 4);
            if (size < 8 || size > commands.length() - at) {
                throw commands.invalid(at + 4, "a load command takes " + size + " bytes");
            }
            command(commands.part(at, size));
            at += size;
        }
        return new MachO(
                bits,
                source.order(),
                header.i32(4),
                header.i32(8),
                header.i32(12),
                system,
                installName,
                needed,
                rpaths,
                signed,
                header.i32(12) == MachO.OBJECT ? SymbolNames.NONE : symbols.exports(),
                header.i32(12) == MachO.OBJECT ? SymbolNames.NONE : symbols.imports());
    }

    private void command(BoundedBytes command) throws IOException {
        switch (command.i32(0)) {
            case SEGMENT -> source.require(command.u32(32), command.u32(36), "a segment");
            case SEGMENT_64 -> source.require(command.u64(40), command.u64(48), "a segment");
            case SYMTAB -> symbols.table(command);
            case DYSYMTAB -> symbols.ranges(command);
            case LOAD_DYLIB, LOAD_WEAK_DYLIB, REEXPORT_DYLIB, LAZY_LOAD_DYLIB, LOAD_UPWARD_DYLIB ->
                needed.add(text(command));
            case ID_DYLIB -> installName = Optional.of(text(command));
            case RPATH -> rpaths.add(text(command));
            case CODE_SIGNATURE -> signed |= isSignature(command);
            case DYLD_INFO, DYLD_INFO_ONLY -> symbols.trie(command.u32(40), command.u32(44));
            case DYLD_EXPORTS_TRIE -> symbols.trie(command.u32(8), command.u32(12));
            case VERSION_MIN_MACOSX -> system(AppleSystem.MACOS, command.u32(8));
            case VERSION_MIN_IPHONEOS -> system(2, command.u32(8));
            case VERSION_MIN_TVOS -> system(3, command.u32(8));
            case VERSION_MIN_WATCHOS -> system(4, command.u32(8));
            case BUILD_VERSION -> system(command.i32(8), command.u32(12));
            default -> {}
        }
    }

    /** Returns the text of a command. It begins at the offset in the third word and may be padded with zeros. */
    private static String text(BoundedBytes command) throws InvalidBinaryException {
        long at = command.u32(8);
        return command.padded(at, command.length() - at);
    }

    /** Sets the system. A library for both macOS and Mac Catalyst counts as macOS. */
    private void system(int platform, long version) {
        if (system.isEmpty() || platform == AppleSystem.MACOS) {
            system = Optional.of(new AppleSystem(platform, version(version)));
        }
    }

    /** Unpacks a version of sixteen, eight and eight bits; the last part is omitted if it is zero. */
    private static Version version(long packed) {
        int patch = (int) (packed & 0xff);
        List<Integer> two = List.of((int) (packed >> 16), (int) (packed >> 8 & 0xff));
        return new Version(patch == 0 ? two : List.of(two.get(0), two.get(1), patch));
    }

    private boolean isSignature(BoundedBytes command) throws IOException {
        long offset = command.u32(8);
        source.require(offset, command.u32(12), "the signature");
        return source.block(offset, 4, "the signature").i32(0)
                == (source.order() == ByteOrder.BIG_ENDIAN ? SIGNATURE : Integer.reverseBytes(SIGNATURE));
    }
}

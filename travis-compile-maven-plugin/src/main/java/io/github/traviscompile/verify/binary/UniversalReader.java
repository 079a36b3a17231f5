package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.verify.binary.Universal.Slice;
import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads a file with several Apple binaries ({@code mach-o/fat.h}); its header is always big-endian. */
final class UniversalReader {

    static final int MAGIC = 0xcafe_babe;
    private static final int MAGIC_64 = 0xcafe_babf;

    /**
     * The most slices. A Java class has the same magic number, followed by a version of 45 or more (JVM Specification,
     * 4.1).
     */
    private static final int MOST_SLICES = 44;

    private final BoundedFile source;

    UniversalReader(BoundedFile file) {
        this.source = file.as("universal Mach-O file", ByteOrder.BIG_ENDIAN);
    }

    static boolean begins(BoundedBytes start) throws InvalidBinaryException {
        if (start.length() < 8) {
            return false;
        }
        int magic = start.i32(0);
        return magic == MAGIC_64 || (magic == MAGIC && start.u32(4) <= MOST_SLICES);
    }

    Universal read() throws IOException {
        BoundedBytes header = source.block(0, 8, "the header");
        boolean wide = header.i32(0) == MAGIC_64;
        long count = header.u32(4);
        if (count == 0 || count > MOST_SLICES) {
            throw header.invalid(4, "it would have " + count + " slices");
        }
        int entry = wide ? 32 : 20;
        BoundedBytes table = source.block(8, count * entry, "the table of slices");
        List<Slice> slices = new ArrayList<>();
        for (long at = 0; at < table.length(); at += entry) {
            long offset = wide ? table.u64(at + 8) : table.u32(at + 8);
            long size = wide ? table.u64(at + 16) : table.u32(at + 12);
            Cpu cpu = CpuCodes.ofMachO(table.i32(at), table.i32(at + 4));
            source.require(offset, size, "the slice for " + cpu);
            for (Slice other : slices) {
                boolean apart = offset >= other.offset() + other.size() || other.offset() >= offset + size;
                if (!apart || other.cpu() == cpu) {
                    throw table.invalid(at, "the slice for " + cpu + " repeats or overlaps the one for " + other.cpu());
                }
            }
            if (offset < 8L + table.length()) {
                throw table.invalid(at, "the slice for " + cpu + " overlaps the header");
            }
            slices.add(new Slice(cpu, offset, size, content(source.part(offset, size, "a slice"), cpu)));
        }
        return new Universal(slices);
    }

    private static Binary content(BoundedFile slice, Cpu cpu) throws IOException {
        BoundedBytes start = slice.upTo(0, 8, "a slice");
        if (ArchiveReader.begins(start)) {
            return new ArchiveReader(slice).read();
        }
        if (!MachOReader.begins(start)) {
            throw start.invalid(0, "the slice for " + cpu + " is neither a Mach-O file nor an archive");
        }
        MachO content = new MachOReader(slice).read();
        if (content.cpu() != cpu) {
            throw start.invalid(0, "the slice for " + cpu + " is for " + content.cpu());
        }
        return content;
    }
}

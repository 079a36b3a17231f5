package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Merges Mach-O files, or archives of them, each for another processor, into one file ({@code mach-o/fat.h}). Each is
 * copied unchanged, so that its signature stays valid, to the offset that Apple's lipo would use.
 */
public final class UniversalFile {

    private static final int MAGIC = 0xcafe_babe;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 20;
    private static final int MACH_O_64 = 0xfeed_facf;
    private static final byte[] ARCHIVE = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);

    /** The limit of offsets, which have 32 bits in the header. */
    private static final long LIMIT = 1L << 32;

    /**
     * One of the merged files.
     *
     * @param cpuType and {@code cpuSubtype} as {@code mach/machine.h} numbers them
     * @param align the exponent of 2 for the alignment of the offset
     */
    private record Slice(ArchiveFile content, int cpuType, int cpuSubtype, int align, long offset, long size) {}

    private UniversalFile() {}

    /**
     * Writes {@code target}, in constant memory, whole or not at all.
     *
     * @param contents by platform
     * @return the digest of the written bytes
     * @throws ActionNeededException if a content is neither a 64-bit Mach-O file nor an archive, or if all together are
     *     too large
     * @throws WorkFailedException if a content does not have its expected digest, or cannot be read or written
     */
    public static Sha256 write(Path target, SortedMap<Platform, ArchiveFile> contents) throws CrossCompileException {
        List<Slice> slices = new ArrayList<>();
        long end = HEADER_BYTES + (long) ENTRY_BYTES * contents.size();
        for (Map.Entry<Platform, ArchiveFile> content : contents.entrySet()) {
            Slice slice = slice(content.getKey(), content.getValue(), end);
            slices.add(slice);
            end = slice.offset() + slice.size();
            if (end >= LIMIT) {
                throw new ActionNeededException("The file '" + target.getFileName() + "' of both processors would be"
                        + " larger than 4 GiB, the limit of a universal file. Name its single platforms in "
                        + Parameter.PLATFORMS + " instead.");
            }
        }
        return NewFile.write("The universal file", target, out -> {
            out.write(header(slices));
            long at = HEADER_BYTES + (long) ENTRY_BYTES * slices.size();
            for (Slice slice : slices) {
                out.write(new byte[(int) (slice.offset() - at)]);
                slice.content().copyTo(out);
                at = slice.offset() + slice.size();
            }
        });
    }

    private static Slice slice(Platform platform, ArchiveFile content, long end) throws CrossCompileException {
        boolean arm = platform.target().cpu() == Cpu.AARCH_64;
        byte[] start = start(content);
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (start.length == 12 && header.getInt(0) == MACH_O_64) {
            // Pages are 16 KiB on Apple's processors, 4 KiB on Intel's.
            return at(end, content, header.getInt(4), header.getInt(8), arm ? 14 : 12);
        }
        if (start.length >= ARCHIVE.length && header.slice(0, ARCHIVE.length).equals(ByteBuffer.wrap(ARCHIVE))) {
            return at(end, content, arm ? 0x0100_000c : 0x0100_0007, arm ? 0 : 3, 3);
        }
        throw new ActionNeededException(
                "The file '" + content.name() + "' for " + platform + " is neither a Mach-O file"
                        + " for 64 bit nor an archive, so it cannot be merged with others. Name " + platform
                        + " itself in " + Parameter.PLATFORMS + " instead.");
    }

    private static Slice at(long end, ArchiveFile content, int type, int subtype, int align)
            throws WorkFailedException {
        long unit = 1L << align;
        return new Slice(content, type, subtype, align, (end + unit - 1) / unit * unit, content.size());
    }

    private static byte[] start(ArchiveFile content) throws WorkFailedException {
        try (InputStream in = Files.newInputStream(content.content())) {
            return in.readNBytes(12);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The file '" + content.content() + "' cannot be read", e, "Run the build again.");
        }
    }

    /** Returns the header, which is big-endian even if the slices are little-endian. */
    private static byte[] header(List<Slice> slices) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES + ENTRY_BYTES * slices.size());
        header.putInt(MAGIC).putInt(slices.size());
        for (Slice slice : slices) {
            header.putInt(slice.cpuType())
                    .putInt(slice.cpuSubtype())
                    .putInt((int) slice.offset())
                    .putInt((int) slice.size())
                    .putInt(slice.align());
        }
        return header.array();
    }
}

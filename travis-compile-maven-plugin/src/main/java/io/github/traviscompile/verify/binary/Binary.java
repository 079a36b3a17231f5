package io.github.traviscompile.verify.binary;

import io.github.traviscompile.verify.bytes.BoundedBytes;
import io.github.traviscompile.verify.bytes.BoundedFile;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file with machine code. Only its tables are read, each within its bounds. A damaged or hostile file causes an
 * {@link InvalidBinaryException} and no other failure.
 */
public sealed interface Binary permits Image, Universal, Archive {

    /** Returns the name of the format, for example {@code ELF}. */
    String format();

    /**
     * Reads {@code file}.
     *
     * @throws InvalidBinaryException if it is damaged or not a binary
     * @throws IOException if the disk fails
     */
    static Binary read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        }
    }

    /**
     * Reads the file of {@code channel}, which stays open and keeps its position.
     *
     * @throws InvalidBinaryException if it is damaged or not a binary
     * @throws IOException if the disk fails
     */
    static Binary read(FileChannel channel) throws IOException {
        BoundedFile source = BoundedFile.of(channel);
        BoundedBytes start = source.as("binary", ByteOrder.BIG_ENDIAN).upTo(0, 8, "the beginning");
        if (UniversalReader.begins(start)) {
            return new UniversalReader(source).read();
        }
        if (ArchiveReader.begins(start)) {
            return new ArchiveReader(source).read();
        }
        if (ElfReader.begins(start)) {
            return new ElfReader(source).read();
        }
        if (MachOReader.begins(start)) {
            return new MachOReader(source).read();
        }
        if (PeReader.begins(start)) {
            return new PeReader(source).read();
        }
        throw start.invalid(0, unknown(start));
    }

    private static String unknown(BoundedBytes start) throws InvalidBinaryException {
        if (start.length() == 0) {
            return "it is empty";
        }
        if (start.length() >= 4 && start.i32(0) == UniversalReader.MAGIC) {
            return "it is a Java class";
        }
        String text = start.text(0, start.length());
        if (text.startsWith("PK\3\4")) {
            return "it is a zip archive, as jars and wheels are";
        }
        if (text.startsWith("\0asm")) {
            return "it is WebAssembly";
        }
        // The first bytes of "Microsoft C/C++ MSF 7.00" (LLVM, "The MSF File Format").
        if (text.equals("Microsof")) {
            return "it is debug information of Microsoft's compiler (PDB)";
        }
        StringBuilder bytes = new StringBuilder("it begins with none of the known marks but with");
        for (int i = 0; i < start.length(); i++) {
            bytes.append(String.format(" %02x", start.u8(i)));
        }
        return bytes.toString();
    }
}

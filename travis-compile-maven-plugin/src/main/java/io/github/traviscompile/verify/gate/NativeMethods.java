package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds native methods of Java classes, which a library has to implement (JVM Specification, 4.1 to 4.7). */
public final class NativeMethods {

    private static final int MAGIC = 0xcafe_babe;

    /** {@code ACC_NATIVE}. */
    private static final int NATIVE = 0x0100;

    private NativeMethods() {}

    /**
     * Returns whether a class below {@code directory} has a native method; the directory may be missing.
     *
     * @throws WorkFailedException if the disk fails; files that are not classes are ignored
     */
    public static boolean areIn(Path directory) throws WorkFailedException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().endsWith(".class") && hasOne(file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The classes in '" + directory + "' cannot be read",
                    e,
                    "Make them readable, or compile them again.");
        }
    }

    private static boolean hasOne(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                return false;
            }
            in.skipNBytes(4);
            if (!skipConstants(in)) {
                return false;
            }
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            hasNativeMember(in);
            return hasNativeMember(in);
        } catch (EOFException e) {
            return false;
        }
    }

    /** Reads all fields or all methods, which share a layout. Fields never have the flag. */
    private static boolean hasNativeMember(DataInputStream in) throws IOException {
        boolean found = false;
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            found |= (in.readUnsignedShort() & NATIVE) != 0;
            in.skipNBytes(4);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }
        return found;
    }

    /** Skips the constant pool, in which a long or a double counts as two constants. */
    private static boolean skipConstants(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            switch (in.readUnsignedByte()) {
                case 1 -> in.skipNBytes(in.readUnsignedShort());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }
}

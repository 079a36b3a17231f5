package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks for methods of Java classes that a library has to bring (JVM Specification, 4.1 to 4.7). */
public final class NativeMethods {

    private static final int MAGIC = 0xcafe_babe;

    /** {@code ACC_NATIVE}. */
    private static final int NATIVE = 0x0100;

    private NativeMethods() {}

    /**
     * Whether a class below {@code directory}, which need not be there, has a native method.
     *
     * @throws WorkFailedException if the disk fails; what is no class file is left aside
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
                    "Make them readable, or compile them anew.");
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

    /** Goes through the fields, which have the layout of methods and never the flag, and then through the methods. */
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

    /** A long or a double counts as two constants. */
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

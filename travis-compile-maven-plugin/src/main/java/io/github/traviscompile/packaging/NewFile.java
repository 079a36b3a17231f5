package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.UUID;

/** Creates a file under its name whole and on disk, or not at all. */
public final class NewFile {

    /** The source of a file's bytes. */
    @FunctionalInterface
    public interface Content {
        /** Writes all bytes; may close {@code out}. */
        void writeTo(OutputStream out) throws IOException, WorkFailedException;
    }

    private NewFile() {}

    /**
     * Writes {@code target}, creating its folder if absent. An existing file with the same bytes keeps its modification
     * time.
     *
     * @param what the subject of the error message, such as {@code The archive}
     * @return the digest of the written bytes
     */
    public static Sha256 write(String what, Path target, Content content) throws WorkFailedException {
        try {
            return replace(target, content);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    what + " '" + target + "' could not be written",
                    e,
                    "Free space or make the folder writable, or name another one with" + " "
                            + Parameter.OUTPUT_DIRECTORY + ".");
        }
    }

    /**
     * As {@link #write}, for callers with words of their own.
     *
     * @throws IOException if the file cannot be written; what was there before still is
     */
    public static Sha256 replace(Path target, Content content) throws IOException, WorkFailedException {
        Path folder =
                Files.createDirectories(target.toAbsolutePath().normalize().getParent());
        // Not Files.createTempFile: its mode 0600 would stay with the file after the renaming.
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Sha256 digest = fill(temporary, content);
            put(temporary, target);
            return digest;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Sha256 fill(Path temporary, Content content) throws IOException, WorkFailedException {
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream out =
                new DigestOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), digest)) {
            content.writeTo(out);
        }
        return Sha256.of(digest);
    }

    private static void put(Path temporary, Path target) throws IOException {
        if (Files.isRegularFile(target) && Files.mismatch(temporary, target) == -1) {
            return;
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
}

package io.github.traviscompile.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears under its name whole and on disk, or not at all. Whoever opens one closes it; closing without
 * {@link #commit} leaves nothing behind.
 */
final class NewFile implements AutoCloseable {

    private final Path target;
    private final Path temporary;

    private NewFile(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /** Will become {@code target}, whose folder is created where it is absent. */
    static NewFile at(Path target) throws IOException {
        Path folder =
                Files.createDirectories(target.toAbsolutePath().normalize().getParent());
        // Not Files.createTempFile: its mode 0600 would stay with the file after the renaming.
        return new NewFile(target, folder.resolve("." + target.getFileName() + "." + UUID.randomUUID()));
    }

    /** The content, written by the caller, who closes the stream before {@link #commit}. */
    OutputStream open() throws IOException {
        return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
    }

    /** Puts the content in place; a target that holds the same bytes already keeps its time of modification. */
    void commit() throws IOException {
        if (Files.isRegularFile(target) && Files.mismatch(temporary, target) == -1) {
            return;
        }
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }
}

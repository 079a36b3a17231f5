package io.github.traviscompile.git;

import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;

/**
 * A bare repository of this plugin, kept between runs so that only changes are written. Each run that writes adds one
 * pack or a few. A store that outgrew its snapshot is deleted and created again rather than collected. The opener
 * closes it; the directory stays.
 */
final class ObjectStore implements AutoCloseable {

    /** The number of packs beyond which look-ups become slow. */
    static final int MOST_PACKS = 48;

    /** The size allowed for old versions of files, in addition to twice the size of the present ones. */
    static final long SPARE_BYTES = 64L << 20;

    static {
        IsolatedSystemReader.install();
    }

    private final Path directory;
    private final FileRepository repository;

    private ObjectStore(Path directory, FileRepository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /**
     * Opens the store in {@code directory}, or creates it.
     *
     * @param bytes the size of its future content
     */
    static ObjectStore open(Path directory, long bytes) throws WorkFailedException {
        try {
            if (outgrew(directory.resolve("objects"), bytes)) {
                Deletion.ofAll(directory);
            }
            create(directory);
            return new ObjectStore(directory, new FileRepository(directory.toFile()));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static boolean outgrew(Path objects, long bytes) throws IOException {
        if (!Files.isDirectory(objects)) {
            return false;
        }
        long stored = 0;
        int packs = 0;
        try (Stream<Path> files = Files.walk(objects)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                stored += Files.size(file);
                packs += file.toString().endsWith(".pack") ? 1 : 0;
            }
        }
        return packs > MOST_PACKS || stored > 2 * bytes + SPARE_BYTES;
    }

    /** Creates the files itself, as JGit would start a shell to learn the umask. */
    private static void create(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("objects").resolve("pack"));
        Files.createDirectories(directory.resolve("refs").resolve("heads"));
        writeIfAbsent(directory.resolve("config"), List.of("[core]", "\trepositoryformatversion = 0", "\tbare = true"));
        writeIfAbsent(directory.resolve("HEAD"), List.of("ref: refs/heads/main"));
    }

    private static void writeIfAbsent(Path file, List<String> lines) throws IOException {
        if (!Files.exists(file)) {
            Files.write(file, lines);
        }
    }

    FileRepository repository() {
        return repository;
    }

    /** Returns an inserter, which the caller flushes and closes; unflushed objects are lost. */
    PackInserter newInserter() {
        PackInserter inserter = repository.getObjectDatabase().newPackInserter();
        // Snapshots live for minutes: time matters, not size.
        inserter.setCompressionLevel(java.util.zip.Deflater.BEST_SPEED);
        return inserter;
    }

    WorkFailedException unwritable(IOException cause) {
        return unwritable(directory, cause);
    }

    private static WorkFailedException unwritable(Path directory, IOException cause) {
        return WorkFailedException.of(
                "The snapshot cannot be stored in " + directory,
                cause,
                "The directory must be writable, with room for all files of the project.");
    }

    @Override
    public void close() {
        repository.close();
    }
}

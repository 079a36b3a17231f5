package io.github.traviscompile.run.remote;

import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The journals of a user's cache directory, divided into those of living and of dead runs. Its opener closes it; until
 * then no other clean-up finds the dead ones.
 *
 * <p>A journal is named {@code <run>.<process>.journal} during its run, and {@code <run>.journal} once its run ended
 * and left something. The name contains the process because a journal of this process must not even be opened. POSIX
 * ends all locks of a process on a file when the process closes any descriptor of it (IEEE 1003.1, fcntl).
 */
final class RunJournals implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{32})(?:\\.([0-9]+-[0-9]+))?\\.journal");
    private static final String SUFFIX = ".journal";

    /** A size above that of any journal. */
    private static final int MAX_BYTES = 1 << 14;

    private final Predicate<JournalContent> wanted;
    private final List<Dead> dead = new ArrayList<>();
    private final Set<RunId> living = new HashSet<>();

    /** The locked journal of a dead run. */
    record Dead(Path file, FileChannel channel, JournalContent record) {

        void delete() throws WorkFailedException {
            try {
                RunJournals.delete(file, channel);
            } catch (IOException e) {
                throw WorkFailedException.of(
                        "The journal '" + file + "' of a killed run cannot be removed", e, RunJournal.REMEDY);
            }
        }
    }

    private RunJournals(Predicate<JournalContent> wanted) {
        this.wanted = wanted;
    }

    static Path directory(Path cacheDirectory) {
        return cacheDirectory.resolve("runs");
    }

    static String nameOfLiving(RunId run) {
        return run + "." + thisProcess() + SUFFIX;
    }

    static String nameOfLeft(RunId run) {
        return run + SUFFIX;
    }

    /** Returns an id of this process. The process id alone is reused, in containers even by the next process. */
    private static String thisProcess() {
        return ProcessHandle.current().pid() + "-"
                + ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    /**
     * Locks the dead journals. Other files, and journals of another clean-up, are ignored.
     *
     * @param wanted the filter for dead journals
     */
    static RunJournals look(Path cacheDirectory, Predicate<JournalContent> wanted) throws WorkFailedException {
        Path runs = directory(cacheDirectory);
        RunJournals journals = new RunJournals(wanted);
        for (Path file : list(runs)) {
            journals.sort(file);
        }
        return journals;
    }

    private static List<Path> list(Path runs) throws WorkFailedException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(runs)) {
                stream.forEach(files::add);
            } catch (IOException | DirectoryIteratorException e) {
                IOException cause = e instanceof IOException direct ? direct : new IOException(e);
                throw WorkFailedException.of(
                        "The journals of earlier runs in '" + runs + "' cannot be read", cause, RunJournal.REMEDY);
            }
        }
        return files;
    }

    private void sort(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        RunId run = new RunId(name.group(1));
        if (thisProcess().equals(name.group(2))) {
            living.add(run);
            return;
        }
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!claim(file, run, channel)) {
                channel.close();
            }
        } catch (IOException e) {
            // Just removed, or another user's, whose own runs will clean it up.
        }
    }

    /** Returns whether the channel must stay open. */
    private boolean claim(Path file, RunId run, FileChannel channel) throws IOException {
        try {
            if (Optional.<FileLock>ofNullable(channel.tryLock()).isEmpty()) {
                living.add(run);
                return false;
            }
            Optional<Dead> claimed = JournalContent.parse(run, read(channel))
                    .filter(wanted)
                    .map(record -> new Dead(file, channel, record));
            claimed.ifPresent(dead::add);
            return claimed.isPresent();
        } catch (OverlappingFileLockException e) {
            // A clean-up of this process has it. Closing the channel here can release that lock, which costs a third
            // clean-up some double work.
            return false;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads through the locked channel, because Windows refuses others. */
    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        if (channel.size() > MAX_BYTES) {
            return "";
        }
        while (channel.read(bytes) > 0) {
            // Reads to the end.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    List<Dead> dead() {
        return List.copyOf(dead);
    }

    /** Returns the runs that have not ended, for any repository. */
    Set<RunId> living() {
        return Set.copyOf(living);
    }

    /**
     * Deletes the file while it is locked, so that no other clean-up finds it. On Windows, which does not delete open
     * files, it is deleted afterwards.
     */
    static void delete(Path file, Closeable open) throws IOException {
        try (open) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        for (Dead journal : dead) {
            try {
                journal.channel().close();
            } catch (IOException e) {
                // The lock ends with this process at the latest.
            }
        }
    }
}

package io.github.traviscompile.run.legs;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.codehaus.plexus.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The working files of a run: snapshots, the checkout, Cargo's target directories, logs, received files. A lock on a
 * file in it admits one run at a time. Its opener closes it, which removes this run's temporary files.
 */
public final class WorkDirectory implements AutoCloseable {

    private static final String LOGS = "logs";

    private final Path directory;
    private final FileChannel channel;
    private final EventPublisher listener;

    private WorkDirectory(Path directory, FileChannel channel, EventPublisher listener) {
        this.directory = directory;
        this.channel = channel;
        this.listener = listener;
    }

    /** Creates {@code directory} if needed and waits until no other process uses it. */
    public static WorkDirectory open(Path directory, EventPublisher listener) throws CrossCompileException {
        @Nullable FileChannel channel = null;
        try {
            Files.createDirectories(directory.resolve(LOGS));
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (Optional.<FileLock>ofNullable(channel.tryLock()).isEmpty()) {
                listener.info("Waiting for another run in " + directory + ".");
                channel.lock();
            }
            WorkDirectory work = new WorkDirectory(directory, channel, listener);
            FileUtils.deleteDirectory(work.run().toFile());
            return work;
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw new ActionNeededException(
                    "Two executions of this Maven build work in " + directory + " at the same time. Give each module a"
                            + " build directory of its own.",
                    e);
        } catch (IOException e) {
            close(channel);
            throw WorkFailedException.of(
                    "The directory '" + directory + "' for the run's own files cannot be used",
                    e,
                    "Make it writable or free space there; it lies in the build directory of the Maven project, or else"
                            + " under 'target' of " + Parameter.CARGO_PROJECT + ".");
        }
    }

    /** Returns the bare repository of snapshots. */
    public Path objectStore() {
        return directory.resolve("store.git");
    }

    Path checkout() {
        return directory.resolve("checkout");
    }

    Path inbox() {
        return run().resolve("inbox");
    }

    /** Returns the directory for unpacked artifacts of GitHub. */
    public Path artifacts() {
        return run().resolve("artifacts");
    }

    public Path reused(Platform platform) {
        return run().resolve("reused").resolve(platform.id());
    }

    public Path merged(Platform platform) {
        return run().resolve("merged").resolve(platform.id());
    }

    /** Returns Cargo's target directory, which stays between runs so that cargo compiles only changes. */
    Path cargoTarget(Platform platform) {
        return directory.resolve("cargo").resolve(platform.id());
    }

    /** Returns the log with cargo's output of the last run. */
    Path log(Platform platform) {
        return directory.resolve(LOGS).resolve(platform.id() + ".log");
    }

    /** Writes a leg's log from its service; empty, with a warning, if that fails, which does not affect the run. */
    public Optional<Path> keepLog(Platform platform, String text) {
        try {
            return Optional.of(Files.writeString(log(platform), text));
        } catch (IOException e) {
            listener.warning(WorkFailedException.of(
                            "The log of " + platform + " cannot be kept",
                            e,
                            "It can be read on the service's own page.")
                    .getMessage());
            return Optional.empty();
        }
    }

    private Path run() {
        return directory.resolve("run");
    }

    /** Removes this run's temporary files. A failure is a warning, because the next run tries again. */
    @Override
    public void close() {
        try (channel) {
            FileUtils.deleteDirectory(run().toFile());
        } catch (IOException e) {
            listener.warning(WorkFailedException.of(
                            "The run's own files in '" + run() + "' cannot be removed",
                            e,
                            "The next run tries again; 'mvn clean' removes them too.")
                    .getMessage());
        }
    }

    private static void close(@Nullable FileChannel channel) throws WorkFailedException {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw WorkFailedException.of("The lock of a work directory cannot be released", e, "Try again.");
            }
        }
    }
}

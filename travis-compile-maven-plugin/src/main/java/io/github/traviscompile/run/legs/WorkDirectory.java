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
 * What a run needs meanwhile: snapshots, the checkout, Cargo's target directories, logs, arriving files. One run at a
 * time has it, by a lock on a file in it; whoever opened it closes it, which removes what only that run needed.
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

    /** Makes {@code directory} if need be and waits until no other process works in it. */
    public static WorkDirectory open(Path directory, EventPublisher listener) throws CrossCompileException {
        @Nullable FileChannel channel = null;
        try {
            Files.createDirectories(directory.resolve(LOGS));
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (Optional.<FileLock>ofNullable(channel.tryLock()).isEmpty()) {
                listener.info("Waiting for another run that works in " + directory + ".");
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

    /** The bare repository that holds snapshots. */
    public Path objectStore() {
        return directory.resolve("store.git");
    }

    Path checkout() {
        return directory.resolve("checkout");
    }

    Path inbox() {
        return run().resolve("inbox");
    }

    /** Where what GitHub kept is unpacked. */
    public Path artifacts() {
        return run().resolve("artifacts");
    }

    public Path reused(Platform platform) {
        return run().resolve("reused").resolve(platform.id());
    }

    public Path merged(Platform platform) {
        return run().resolve("merged").resolve(platform.id());
    }

    /** Kept between runs, so that cargo compiles only what changed. */
    Path cargoTarget(Platform platform) {
        return directory.resolve("cargo").resolve(platform.id());
    }

    /** Cargo's output of the last run. */
    Path log(Platform platform) {
        return directory.resolve(LOGS).resolve(platform.id() + ".log");
    }

    /** Writes down what a service showed of a leg; nothing where that cannot be done, which harms no run. */
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

    /** Leaves what the next run uses; what else cannot be removed is a warning, as the next run tries it again. */
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

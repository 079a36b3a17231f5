package io.github.traviscompile.upload;

import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The received files on disk: {@code partial/<leg>/<output id>} during the transfer, {@code received/<leg>/<file name>}
 * once complete. Every name comes from the plan, none from the wire. Each run has its own storage directory. Only files
 * that a leg replaces are deleted.
 */
public final class UploadStorage {

    private final Path partial;
    private final Path received;
    private final long maxBytes;
    private long reserved;

    private UploadStorage(Path directory, long maxBytes) {
        this.partial = directory.resolve("partial");
        this.received = directory.resolve("received");
        this.maxBytes = maxBytes;
    }

    /**
     * Opens the storage in {@code directory}, creating it if needed.
     *
     * @param maxBytes the most that all files of the run may take together
     */
    public static UploadStorage open(Path directory, long maxBytes) throws WorkFailedException {
        UploadStorage storage = new UploadStorage(directory, maxBytes);
        try {
            Files.createDirectories(storage.partial);
            Files.createDirectories(storage.received);
        } catch (IOException e) {
            throw new WorkFailedException(
                    "The directory '" + directory + "' for the files of the legs cannot be made: " + e + ".", e);
        }
        return storage;
    }

    /** Reserves {@code size} bytes and creates an empty file, replacing an older one of this output. */
    Partial start(String leg, Output output, long size) throws StorageException {
        reserve(size);
        try {
            Path file = Files.createDirectories(partial.resolve(leg)).resolve(output.id());
            Path folder = Files.createDirectories(received.resolve(leg));
            return new Partial(open(file), file, folder, output.fileName(), size);
        } catch (IOException e) {
            release(size);
            throw new StorageException("cannot start a file: " + e, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private synchronized void reserve(long size) throws StorageException {
        if (size > maxBytes - reserved) {
            throw new StorageException("the files of this run would take more than " + maxBytes + " bytes");
        }
        reserved += size;
    }

    private synchronized void release(long size) {
        reserved -= size;
    }

    /** An incomplete file. Used by one thread at a time; its {@link OutputTransfer} closes it. */
    final class Partial implements AutoCloseable {

        private final FileChannel channel;
        private final Path file;
        private final Path folder;
        private final String name;
        private final long size;

        private Partial(FileChannel channel, Path file, Path folder, String name, long size) {
            this.channel = channel;
            this.file = file;
            this.folder = folder;
            this.name = name;
            this.size = size;
        }

        void write(long position, byte[] bytes, int length) throws StorageException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            try {
                for (long at = position; buffer.hasRemaining(); ) {
                    at += channel.write(buffer, at);
                }
            } catch (IOException e) {
                throw new StorageException("cannot write: " + e, e);
            }
        }

        /** Forces the file to disk, moves it to its final name, and closes it, in this order. Can be retried. */
        Path commit() throws StorageException {
            try {
                if (channel.size() != size) {
                    throw new StorageException("the file has " + channel.size() + " bytes instead of " + size);
                }
                channel.force(true);
                Path target = folder.resolve(name);
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
                forceDirectory(folder);
                channel.close();
                return target;
            } catch (IOException e) {
                throw new StorageException("cannot complete the file: " + e, e);
            }
        }

        /** Makes the rename durable. Windows neither needs this nor opens directories. */
        private static void forceDirectory(Path directory) throws IOException {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                    opened.force(true);
                }
            }
        }

        /** Deletes the file and releases its share of the quota. */
        void discard() throws StorageException {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StorageException("cannot delete a superseded file: " + e, e);
            } finally {
                release(size);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package io.github.traviscompile.upload;

import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * The state of one output: nothing, being uploaded, or committed for good. Callers hold {@link #lock} for the whole
 * request that may change it.
 */
final class OutputTransfer implements AutoCloseable {

    private static final int UPLOAD_ID_BYTES = 8;

    private record Committed(String upload, long size, Sha256 sha256) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final String leg;
    private final Output output;
    private final UploadStorage storage;
    private final SecureRandom random;
    private final Consumer<UploadEvent> listener;
    private @Nullable Upload current;
    private @Nullable Committed committed;

    OutputTransfer(
            String leg, Output output, UploadStorage storage, SecureRandom random, Consumer<UploadEvent> listener) {
        this.leg = leg;
        this.output = output;
        this.storage = storage;
        this.random = random;
        this.listener = listener;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Starts, resumes or replaces the upload of an announced file. */
    Response begin(long size, Sha256 sha256, SortedMap<String, String> details) throws StorageException {
        if (committed != null) {
            if (committed.sha256.equals(sha256) && committed.size == size) {
                return Response.STORED;
            }
            listener.accept(new UploadEvent.Conflict(leg, output, committed.sha256, sha256));
            return Response.CONFLICT;
        }
        if (size > output.maxBytes()) {
            listener.accept(new UploadEvent.OverCap(leg, output, size));
            return Response.OVER_CAP;
        }
        Upload upload = current;
        if (upload == null || !upload.isFor(size, sha256)) {
            drop();
            upload = new Upload(newId(), size, sha256, storage.start(leg, output, size));
            current = upload;
        }
        upload.describe(details);
        listener.accept(new UploadEvent.Begun(leg, output, size, upload.offset()));
        return Response.resume(upload.id(), upload.offset());
    }

    /** Returns a sink for the chunk, or empty if its upload or offset is not the current one. */
    Optional<Upload.Chunk> place(RequestTarget.Chunk target, Cipher cipher, int maxBytes) {
        return current != null && current.id().equals(target.upload()) && current.offset() == target.offset()
                ? Optional.of(current.new Chunk(cipher, maxBytes))
                : Optional.empty();
    }

    /** Returns the answer to a chunk of another upload or offset. */
    Response otherPlace(String upload) {
        if (committed != null && committed.upload.equals(upload)) {
            return Response.otherOffset(committed.size);
        }
        return current != null && current.id().equals(upload)
                ? Response.otherOffset(current.offset())
                : Response.SUPERSEDED;
    }

    /** Adds a chunk whose body is verified to the file. */
    Response store(Upload.Chunk chunk) throws StorageException {
        if (current == null || !chunk.accept()) {
            return Response.CONTRADICTION;
        }
        listener.accept(new UploadEvent.Received(leg, output, current.size(), current.offset()));
        return Response.STORED;
    }

    /** Commits the file if it is complete and has the declared digest. */
    Response commit(String uploadId) throws StorageException {
        Upload upload = current;
        if (committed != null && committed.upload.equals(uploadId)) {
            return Response.STORED;
        }
        if (upload == null || !upload.id().equals(uploadId)) {
            return Response.SUPERSEDED;
        }
        if (upload.offset() < upload.size()) {
            return Response.otherOffset(upload.offset());
        }
        if (!upload.hasDeclaredDigest()) {
            drop();
            return Response.WRONG_DIGEST;
        }
        Path file = upload.file().commit();
        committed = new Committed(upload.id(), upload.size(), upload.sha256());
        current = null;
        listener.accept(new UploadEvent.Committed(leg, output, file, upload.size(), upload.sha256(), upload.details()));
        return Response.STORED;
    }

    /** Returns the answer when the disk does not take the file. */
    Response noRoom(StorageException reason) {
        listener.accept(new UploadEvent.NoRoom(leg, output, String.valueOf(reason.getMessage())));
        return Response.NO_ROOM;
    }

    private void drop() throws StorageException {
        if (current != null) {
            Upload dropped = current;
            current = null;
            dropped.file().discard();
        }
    }

    private String newId() {
        byte[] id = new byte[UPLOAD_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.file().close();
        }
    }
}

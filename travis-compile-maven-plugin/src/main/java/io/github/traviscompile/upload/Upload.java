package io.github.traviscompile.upload;

import io.github.traviscompile.model.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.SortedMap;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver a file: from {@code begin} to {@code commit}, or until another replaces it. Chunks come in
 * order, so the file's digest is updated with each. It covers exactly the bytes that were written, through the one
 * channel open on the file. Later changes on disk are found when packaging reads the file again.
 */
final class Upload {

    private final String id;
    private final long size;
    private final Sha256 sha256;
    private final UploadStorage.Partial file;
    private SortedMap<String, String> details = Collections.emptySortedMap();
    private long offset;
    private MessageDigest digest = Sha256.newDigest();

    Upload(String id, long size, Sha256 sha256, UploadStorage.Partial file) {
        this.id = id;
        this.size = size;
        this.sha256 = sha256;
        this.file = file;
    }

    String id() {
        return id;
    }

    long size() {
        return size;
    }

    Sha256 sha256() {
        return sha256;
    }

    /** Returns the leg's latest {@code key=value} lines about the file's origin. */
    SortedMap<String, String> details() {
        return details;
    }

    void describe(SortedMap<String, String> newDetails) {
        details = newDetails;
    }

    UploadStorage.Partial file() {
        return file;
    }

    /** Returns the number of bytes stored, and so the offset of the next chunk. */
    long offset() {
        return offset;
    }

    boolean isFor(long otherSize, Sha256 otherSha256) {
        return size == otherSize && sha256.equals(otherSha256);
    }

    boolean hasDeclaredDigest() {
        return Sha256.of(copy(digest)).equals(sha256);
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java platform cannot clone a SHA-256 computation.", e);
        }
    }

    /** The next chunk while it arrives: decrypted and written at once, but without effect until {@link #accept}. */
    final class Chunk implements Body.Sink {

        private final Cipher cipher;
        private final int maxBytes;
        private final MessageDigest withChunk = copy(digest);
        private final byte[] plain = new byte[Body.BUFFER_BYTES + 32];
        private long written;
        private boolean fits = true;
        private @Nullable StorageException failure;

        Chunk(Cipher cipher, int maxBytes) {
            this.cipher = cipher;
            this.maxBytes = maxBytes;
        }

        @Override
        public void accept(byte[] bytes, int length) {
            try {
                store(cipher.update(bytes, 0, length, plain));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A buffer is too small.", e);
            }
        }

        /**
         * Makes the chunk part of the file; call it only after the body's digest was verified.
         *
         * @return whether the chunk fits and decrypts; if not, nothing has changed
         */
        boolean accept() throws StorageException {
            try {
                store(cipher.doFinal(plain, 0));
            } catch (GeneralSecurityException e) {
                // Signed by the leg, yet not encrypted as agreed.
                return false;
            }
            if (failure != null) {
                throw failure;
            }
            if (!fits || written == 0) {
                return false;
            }
            offset += written;
            digest = withChunk;
            return true;
        }

        /** After a failure the rest of the body is still read, so that the answer reaches the leg. */
        private void store(int length) {
            fits &= written + length <= Math.min(maxBytes, size - offset);
            if (fits && failure == null) {
                try {
                    file.write(offset + written, plain, length);
                    withChunk.update(plain, 0, length);
                    written += length;
                } catch (StorageException e) {
                    failure = e;
                }
            }
        }
    }
}

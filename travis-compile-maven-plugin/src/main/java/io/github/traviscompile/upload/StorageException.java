package io.github.traviscompile.upload;

/** A file could not be stored; the message says why. Never leaves the package. */
final class StorageException extends Exception {

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}

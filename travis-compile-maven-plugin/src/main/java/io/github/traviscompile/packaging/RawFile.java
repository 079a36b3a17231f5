package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Path;

/** Copies a file unchanged, for users who want no archive. */
public final class RawFile {

    private RawFile() {}

    /**
     * Copies {@code file} to {@code target}, in constant memory, whole or not at all. An existing copy with the same
     * bytes stays untouched.
     *
     * @return the digest of the copy
     * @throws WorkFailedException if the file does not have its expected digest, or cannot be read or written
     */
    public static Sha256 write(Path target, ArchiveFile file) throws WorkFailedException {
        Sha256 digest = NewFile.write("The file", target, file::copyTo);
        if (file.executable()) {
            // Lets the user run it from here; files in a Maven repository are not executable.
            target.toFile().setExecutable(true, false);
        }
        return digest;
    }
}

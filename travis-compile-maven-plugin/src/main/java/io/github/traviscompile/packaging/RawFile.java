package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Path;

/** Puts a file in place as it is, for those who want no archive. */
public final class RawFile {

    private RawFile() {}

    /**
     * Copies {@code file} to {@code target}, in constant memory. The copy appears whole or not at all; one that is there
     * with the same bytes is not touched.
     *
     * @return the digest of the copy
     * @throws WorkFailedException if the file is not what its digest says, or cannot be read or written
     */
    public static Sha256 write(Path target, ArchiveFile file) throws WorkFailedException {
        Sha256 digest = NewFile.write("The file", target, file::copyTo);
        if (file.executable()) {
            // For who runs it from here: in a repository no file is executable.
            target.toFile().setExecutable(true, false);
        }
        return digest;
    }
}

package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;

/**
 * Writes {@code .zip} archives (PKWARE APPNOTE.TXT 6.3.10). As with {@link TarGz}, the bytes depend only on names,
 * contents, executable bits and the given time; names are UTF-8, and files are at the top.
 */
public final class Zip {

    private Zip() {}

    /**
     * Writes {@code files} to {@code target}, in constant memory, whole or not at all. An existing archive with the
     * same bytes stays untouched.
     *
     * @param time the modification time of every entry, cut to two seconds. A zip stores it without a zone: it is
     *     written in UTC, and a time before 1980 or after 2107 becomes the nearest possible one
     * @return the digest of the archive
     * @throws ActionNeededException if two files have the same name in the archive
     * @throws WorkFailedException if a file does not have its expected digest, or cannot be read or written
     */
    public static Sha256 write(Path target, Collection<ArchiveFile> files, Instant time) throws CrossCompileException {
        Collection<ArchiveFile> sorted = ArchiveFile.sorted(target, files);
        return NewFile.write("The archive", target, out -> {
            try (UnixZip zip = new UnixZip(out, time)) {
                for (ArchiveFile file : sorted) {
                    zip.add(file);
                }
            }
        });
    }
}

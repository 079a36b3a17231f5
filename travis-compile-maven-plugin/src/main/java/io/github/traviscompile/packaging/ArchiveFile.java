package io.github.traviscompile.packaging;

import io.github.traviscompile.platform.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to be put into an archive.
 *
 * @param name its name in the archive: relative, {@code /} between folders, safe to unpack on every system
 * @param content where its bytes are
 * @param executable whether it is unpacked with mode 0755, else 0644
 * @param expected what its bytes must hash to while they are copied; empty where nobody vouches for them
 */
public record ArchiveFile(String name, Path content, boolean executable, Optional<Sha256> expected) {

    public ArchiveFile {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || !part.matches("[^\\p{IsControl}\\\\:]+")) {
                throw new IllegalArgumentException("Not a name for a file in an archive: '" + name + "'.");
            }
        }
    }
}

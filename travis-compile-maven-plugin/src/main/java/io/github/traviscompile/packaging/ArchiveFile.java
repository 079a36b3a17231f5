package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file to be put into an archive.
 *
 * @param name its name in the archive: relative, {@code /} between folders, safe to unpack on every system
 * @param content the file with its bytes
 * @param executable whether it is unpacked with mode 0755, else 0644
 * @param expected the digest that its bytes must have while they are copied; empty if none is known
 */
public record ArchiveFile(String name, Path content, boolean executable, Optional<Sha256> expected) {

    private static final int BUFFER_BYTES = 1 << 16;

    public ArchiveFile {
        if (!isName(name)) {
            throw new IllegalArgumentException("Not a name for a file in an archive: '" + name + "'.");
        }
    }

    static boolean isName(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || !part.matches("[^\\p{IsControl}\\\\:]+")) {
                return false;
            }
        }
        return true;
    }

    /** Returns the same file in {@code folder}, which ends with a slash. */
    ArchiveFile in(String folder) {
        return new ArchiveFile(folder + name, content, executable, expected);
    }

    /** Returns the mode for unpacking, with the bit for a regular file (POSIX.1, {@code sys/stat.h}). */
    int mode() {
        return executable ? 0100755 : 0100644;
    }

    long size() throws WorkFailedException {
        try {
            return Files.size(content);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Copies the bytes in constant memory, and fails if they do not have the expected digest. */
    void copyTo(OutputStream out) throws IOException, WorkFailedException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        Sha256 found = Sha256.of(digest);
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new WorkFailedException("The file '" + content + "' was altered after its delivery:"
                    + " its SHA-256 is " + found + ", not "
                    + expected.get() + ". Nothing was packed; run the build again.");
        }
    }

    private InputStream open() throws WorkFailedException {
        try {
            return Files.newInputStream(content);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private WorkFailedException unreadable(IOException cause) {
        return WorkFailedException.of("The file '" + content + "' could not be packed", cause, "Run the build again.");
    }

    /** Returns {@code files} sorted by name, for the archive {@code target}; fails if two have the same name. */
    static Collection<ArchiveFile> sorted(Path target, Collection<ArchiveFile> files) throws ActionNeededException {
        Map<String, ArchiveFile> sorted = new TreeMap<>();
        for (ArchiveFile file : files) {
            ArchiveFile other = sorted.put(file.name(), file);
            if (other != null) {
                throw new ActionNeededException("The archive '" + target + "' would contain '" + file.name()
                        + "' twice, from '" + other.content() + "' and from '" + file.content()
                        + "'. Give one of the two another name, or choose the packages with"
                        + " " + Parameter.PACKAGES + ".");
            }
        }
        return sorted.values();
    }
}

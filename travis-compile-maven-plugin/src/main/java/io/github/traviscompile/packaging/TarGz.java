package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Writes {@code .tar.gz} archives (POSIX.1-2001 pax, RFC 1952). The bytes depend only on names, contents, executable
 * bits and the given time. Entries are sorted by name, owners are 0 without names, modes are 0755 or 0644. The gzip
 * header contains no file name, time or system. The JDK compresses: one linked to another zlib (Debian's to the
 * system's, for instance) may produce other, equally valid bytes.
 *
 * <p>Files are at the top of the archive, without a folder of its name and version. Consumers unpack one classifier
 * into a folder of their choice ({@code dependency:unpack}), and the path to {@code libfoo.so} is the same in the next
 * version.
 */
public final class TarGz {

    /**
     * The default time of entries: the first MS-DOS date, as in a zip, that exists in every time zone, so that all
     * formats share it.
     */
    public static final Instant DEFAULT_TIME = Instant.parse("1980-02-01T00:00:00Z");

    private static final int BUFFER_BYTES = 1 << 16;

    private TarGz() {}

    /**
     * Writes {@code files} to {@code target}, in constant memory, whole or not at all. An existing archive with the
     * same bytes stays untouched.
     *
     * @param time the modification time of every entry, cut to seconds
     * @return the digest of the archive
     * @throws ActionNeededException if two files have the same name in the archive
     * @throws WorkFailedException if a file does not have its expected digest, or cannot be read or written
     */
    public static Sha256 write(Path target, Collection<ArchiveFile> files, Instant time) throws CrossCompileException {
        Collection<ArchiveFile> sorted = ArchiveFile.sorted(target, files);
        FileTime modified = FileTime.from(time.truncatedTo(ChronoUnit.SECONDS));
        return NewFile.write("The archive", target, out -> {
            try (TarArchiveOutputStream tar = open(out)) {
                for (ArchiveFile file : sorted) {
                    add(tar, file, modified);
                }
            }
        });
    }

    private static TarArchiveOutputStream open(OutputStream out) throws IOException {
        OutputStream compressed = new GzipCompressorOutputStream(new BufferedOutputStream(out, BUFFER_BYTES));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    private static void add(TarArchiveOutputStream tar, ArchiveFile file, FileTime modified)
            throws IOException, WorkFailedException {
        TarArchiveEntry entry = new TarArchiveEntry(file.name());
        entry.setSize(file.size());
        entry.setMode(file.mode());
        entry.setLastModifiedTime(modified);
        tar.putArchiveEntry(entry);
        file.copyTo(tar);
        tar.closeArchiveEntry();
    }
}

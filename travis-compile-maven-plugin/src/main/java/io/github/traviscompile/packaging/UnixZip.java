package io.github.traviscompile.packaging;

import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip stream whose entries have Unix modes (PKWARE APPNOTE.TXT 6.3.10, 4.4.2 and 4.4.15). The opener closes it.
 *
 * <p>The JDK's stream accepts the time fields that a zip stores. commons-compress converts an instant through the
 * host's time zone, and could not write an hour that the zone skipped in spring. The JDK's stream lacks modes, so they
 * are put into the central directory before it is written.
 */
final class UnixZip extends ZipOutputStream {

    /**
     * The limits of an MS-DOS time. The JDK stores a time up to the first in another form, converted by the host's
     * zone.
     */
    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int REGULAR_FILE = 0100644;

    // APPNOTE.TXT 4.3.12, the central directory header: its signature, length and the fields used here.
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int MADE_BY_SYSTEM = 5;
    private static final int NAME_BYTES = 28;
    private static final int EXTRA_BYTES = 30;
    private static final int COMMENT_BYTES = 32;
    private static final int EXTERNAL_ATTRIBUTES = 38;
    private static final byte UNIX = 3;

    private final LocalDateTime time;
    private final Queue<Integer> modes = new ArrayDeque<>();

    /** @param time of every entry, cut to two seconds and stored in UTC, between the years 1980 and 2107 */
    UnixZip(OutputStream out, Instant time) {
        super(new BufferedOutputStream(out, BUFFER_BYTES), StandardCharsets.UTF_8);
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        this.time = utc.isBefore(FIRST) ? FIRST : utc.isAfter(LAST) ? LAST : utc;
    }

    void add(ArchiveFile file) throws IOException, WorkFailedException {
        putNextEntry(entry(file.name(), file.mode()));
        file.copyTo(this);
        closeEntry();
    }

    void add(String name, byte[] content) throws IOException {
        putNextEntry(entry(name, REGULAR_FILE));
        write(content);
        closeEntry();
    }

    private ZipEntry entry(String name, int mode) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        modes.add(mode);
        return entry;
    }

    /** Adds the modes to the central directory and writes it. */
    @Override
    public void finish() throws IOException {
        OutputStream archive = out;
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        out = directory;
        try {
            super.finish();
        } finally {
            out = archive;
        }
        archive.write(withModes(directory.toByteArray()));
    }

    private byte[] withModes(byte[] directory) {
        ByteBuffer bytes = ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (!modes.isEmpty()) {
            if (bytes.getInt(at) != HEADER) {
                throw new IllegalStateException("This Java platform writes a zip's central directory in another form.");
            }
            bytes.put(at + MADE_BY_SYSTEM, UNIX);
            bytes.putInt(at + EXTERNAL_ATTRIBUTES, modes.remove() << 16);
            at += HEADER_BYTES
                    + Short.toUnsignedInt(bytes.getShort(at + NAME_BYTES))
                    + Short.toUnsignedInt(bytes.getShort(at + EXTRA_BYTES))
                    + Short.toUnsignedInt(bytes.getShort(at + COMMENT_BYTES));
        }
        return directory;
    }
}

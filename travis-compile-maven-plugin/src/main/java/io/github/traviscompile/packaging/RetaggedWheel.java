package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A wheel with other tags (PEP 427): {@code WHEEL} lists the new tags, {@code RECORD} has its new digest, all else is
 * unchanged. The bytes depend only on the files, their order and their modes. Sizes precede the file data, as PyPI
 * refuses data descriptors; the JDK's stream would write them.
 */
public final class RetaggedWheel {

    private static final int REGULAR_FILE = 0100644;
    private static final int PERMISSIONS = 0777;

    private final ZipFile source;
    private final String distInfo;
    private final List<String> tags;

    private RetaggedWheel(ZipFile source, String distInfo, List<String> tags) {
        this.source = source;
        this.distInfo = distInfo;
        this.tags = tags;
    }

    /**
     * Writes the valid wheel {@code wheel} with other tags to {@code target}, whole or not at all. An existing file
     * with the same bytes stays untouched.
     *
     * @param distInfo the folder of its metadata, without a slash
     * @param tags for example {@code cp37-abi3-manylinux_2_17_x86_64}
     * @return the digest of the written bytes
     * @throws WorkFailedException if it cannot be read or written
     */
    public static Sha256 write(Path target, Path wheel, String distInfo, List<String> tags) throws WorkFailedException {
        return NewFile.write("The wheel", target, out -> {
            try (ZipFile source = ZipFile.builder().setPath(wheel).get()) {
                new RetaggedWheel(source, distInfo, tags).writeTo(out);
            }
        });
    }

    private void writeTo(OutputStream out) throws IOException {
        byte[] wheel = wheel(text("WHEEL")).getBytes(StandardCharsets.UTF_8);
        byte[] record = record(text("RECORD"), wheel).getBytes(StandardCharsets.UTF_8);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (ZipArchiveEntry entry : Collections.list(source.getEntriesInPhysicalOrder())) {
                String name = entry.getName();
                if (name.equals(distInfo + "/WHEEL")) {
                    add(zip, entry, wheel);
                } else if (!name.startsWith(distInfo + "/RECORD")) {
                    zip.addRawArchiveEntry(copy(entry), source.getRawInputStream(entry));
                }
            }
            // Last, as PEP 427 recommends; signatures of the old RECORD are left out.
            add(zip, source.getEntry(distInfo + "/RECORD"), record);
        }
    }

    private String text(String file) throws IOException {
        try (InputStream in = source.getInputStream(source.getEntry(distInfo + "/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Replaces the tags. */
    private String wheel(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int end = lines.indexOf("");
        int first = lines.size();
        for (int i = (end < 0 ? lines.size() : end) - 1; i >= 0; i--) {
            if (lines.get(i).regionMatches(true, 0, "Tag:", 0, 4)) {
                lines.remove(i);
                first = i;
            }
        }
        lines.addAll(first, tags.stream().map(tag -> "Tag: " + tag).toList());
        return String.join("\n", lines) + "\n";
    }

    private String record(String text, byte[] wheel) {
        String path = distInfo + "/WHEEL,";
        String digest = Base64.getUrlEncoder().withoutPadding().encodeToString(digest(wheel));
        StringBuilder record = new StringBuilder();
        text.lines()
                .map(line -> line.startsWith(path) ? path + "sha256=" + digest + "," + wheel.length : line)
                .filter(line -> !line.matches("\"?" + Pattern.quote(distInfo) + "/RECORD\\.(jws|p7s)\\b.*"))
                .forEach(line -> record.append(line).append('\n'));
        return record.toString();
    }

    private static byte[] digest(byte[] content) {
        return Sha256.newDigest().digest(content);
    }

    private static void add(ZipArchiveOutputStream zip, ZipArchiveEntry old, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipArchiveEntry entry = copy(old);
        entry.setMethod(ZipEntry.STORED);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        zip.addRawArchiveEntry(entry, new ByteArrayInputStream(content));
    }

    /**
     * Copies an entry's metadata; its time becomes the oldest that a zip can have, which is the same in every time
     * zone.
     */
    private static ZipArchiveEntry copy(ZipArchiveEntry old) {
        ZipArchiveEntry entry = new ZipArchiveEntry(old.getName());
        entry.setMethod(old.getMethod());
        entry.setCrc(old.getCrc());
        entry.setSize(old.getSize());
        entry.setCompressedSize(old.getCompressedSize());
        entry.setTime(0);
        int mode = old.getUnixMode() & PERMISSIONS;
        entry.setUnixMode(old.isDirectory() ? 040755 : mode == 0 ? REGULAR_FILE : 0100000 | mode);
        return entry;
    }
}

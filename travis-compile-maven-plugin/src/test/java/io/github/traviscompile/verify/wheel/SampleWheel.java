package io.github.traviscompile.verify.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes wheels in the form of build backends, with any content. */
public final class SampleWheel {

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Integer> modes = new LinkedHashMap<>();
    private final List<String> record = new ArrayList<>();
    private final String distInfo;
    private String name;
    private long time = 1_700_000_000_000L;

    private SampleWheel(String name) {
        this.name = name;
        WheelName parsed = WheelName.parse(name).orElseThrow();
        this.distInfo = parsed.distInfo();
        put(
                "METADATA",
                "Metadata-Version: 2.1\nName: " + parsed.distribution() + "\nVersion: " + parsed.version()
                        + "\n\nLetters are counted: all of them.\n");
        StringBuilder wheel = new StringBuilder("Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: false\n");
        parsed.tags().forEach(tag -> wheel.append("Tag: ").append(tag).append('\n'));
        put("WHEEL", wheel.toString());
    }

    /** Returns a consistent wheel without any module. */
    public static SampleWheel called(String name) {
        return new SampleWheel(name);
    }

    public SampleWheel with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    SampleWheel without(String path) {
        files.remove(path);
        return this;
    }

    public SampleWheel mode(String path, int mode) {
        modes.put(path, mode);
        return this;
    }

    /** Replaces a file of the metadata. */
    public SampleWheel put(String file, String content) {
        return with(distInfo + "/" + file, content.getBytes(UTF_8));
    }

    /** Changes a file of the metadata, which must contain {@code old}. */
    SampleWheel replace(String file, String old, String by) {
        String text = new String(files.get(distInfo + "/" + file), UTF_8);
        if (!text.contains(old)) {
            throw new IllegalArgumentException(text);
        }
        return put(file, text.replace(old, by));
    }

    /** Adds a line to RECORD; a line for a listed file replaces that file's. */
    SampleWheel record(String line) {
        record.add(line);
        return this;
    }

    SampleWheel renamed(String other) {
        name = other;
        return this;
    }

    /** Sets the time of its files, in milliseconds since 1970. */
    public SampleWheel at(long millis) {
        time = millis;
        return this;
    }

    String record() {
        StringBuilder text = new StringBuilder();
        files.forEach((path, content) -> {
            if (record.stream().noneMatch(line -> line.startsWith(path + ","))) {
                text.append(path).append(",sha256=").append(digest(content)).append(',');
                text.append(content.length).append('\n');
            }
        });
        record.forEach(line -> text.append(line).append('\n'));
        return text + distInfo + "/RECORD,,\n";
    }

    static String digest(byte[] content) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.newDigest().digest(content));
    }

    public Path write(Path directory) throws IOException {
        Path target = directory.resolve(name);
        Files.deleteIfExists(target);
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(target.toFile())) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
            add(zip, distInfo + "/RECORD", record().getBytes(UTF_8));
        }
        return target;
    }

    private void add(ZipArchiveOutputStream zip, String path, byte[] content) throws IOException {
        // A second file of the same name is stored here under a unique name.
        ZipArchiveEntry entry = new ZipArchiveEntry(path.replaceFirst("^AGAIN:", ""));
        entry.setTime(path.startsWith("AGAIN:") ? time + 60_000 : time);
        entry.setMethod(ZipEntry.DEFLATED);
        entry.setUnixMode(modes.getOrDefault(path, 0100644));
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }
}

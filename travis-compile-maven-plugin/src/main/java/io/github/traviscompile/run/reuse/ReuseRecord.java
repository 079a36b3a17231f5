package io.github.traviscompile.run.reuse;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.run.api.FinishedLeg;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record beside a leg's files, as lines of UTF-8: the key, the time, each file, each detail. A last line has the
 * digest of all others.
 *
 * @param files by output id
 */
record ReuseRecord(
        ReuseKey key, Instant finished, SortedMap<String, StoredFile> files, SortedMap<String, String> details) {

    /** A size above that of any leg's record; a longer file is not a record. */
    static final int MAX_BYTES = 1 << 20;

    private static final String SEAL = "sha256 ";
    private static final int SEAL_BYTES = SEAL.length() + 64 + 1;
    private static final Pattern HEAD = Pattern.compile("key ([0-9a-f]{64})\nfinished (\\S+)\n");
    private static final Pattern FILE = Pattern.compile("\\Gfile (\\S+) ([0-9]{1,18}) ([0-9a-f]{64})\n");
    private static final Pattern DETAIL = Pattern.compile("\\Gdetail (\\S+) ([^\n]*)\n");

    record StoredFile(long size, Sha256 sha256) {}

    static ReuseRecord of(ReuseKey key, FinishedLeg leg) {
        SortedMap<String, StoredFile> files = new TreeMap<>();
        for (FinishedLeg.File file : leg.files()) {
            files.put(file.output().id(), new StoredFile(file.size(), file.sha256()));
        }
        return new ReuseRecord(key, leg.finished(), files, leg.details());
    }

    byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        text.append("key ")
                .append(key.digest())
                .append("\nfinished ")
                .append(finished)
                .append('\n');
        files.forEach((id, file) -> text.append("file " + id + " " + file.size() + " " + file.sha256() + "\n"));
        details.forEach((name, value) -> text.append("detail " + name + " " + value + "\n"));
        Sha256 seal = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append(SEAL).append(seal).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Parses a record that {@link #toBytes} wrote; empty for any other bytes. */
    static Optional<ReuseRecord> parse(byte[] bytes) {
        if (bytes.length < SEAL_BYTES) {
            return Optional.empty();
        }
        String text = new String(bytes, 0, bytes.length - SEAL_BYTES, StandardCharsets.UTF_8);
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        SortedMap<String, StoredFile> files = new TreeMap<>();
        Matcher file = FILE.matcher(text);
        int end = head.end();
        while (file.find(end)) {
            files.put(file.group(1), new StoredFile(Long.parseLong(file.group(2)), new Sha256(file.group(3))));
            end = file.end();
        }
        SortedMap<String, String> details = new TreeMap<>();
        Matcher detail = DETAIL.matcher(text);
        while (detail.find(end)) {
            details.put(detail.group(1), detail.group(2));
            end = detail.end();
        }
        return instant(head.group(2))
                .map(finished -> new ReuseRecord(new ReuseKey(new Sha256(head.group(1))), finished, files, details))
                // Checks the seal, and everything that the patterns above accept.
                .filter(record -> Arrays.equals(record.toBytes(), bytes));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

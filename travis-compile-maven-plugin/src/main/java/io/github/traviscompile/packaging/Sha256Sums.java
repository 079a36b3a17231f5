package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the list that {@code sha256sum --check} reads (GNU coreutils manual, "cksum output modes"). */
public final class Sha256Sums {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

    private Sha256Sums() {}

    /**
     * Writes {@code digests} and keeps the lines of {@code target} about other files that still exist beside it.
     * Several runs may deliver into one folder.
     */
    public static void update(Path target, SortedMap<String, Sha256> digests) throws WorkFailedException {
        SortedMap<String, Sha256> all = new TreeMap<>();
        try {
            for (String line : Files.exists(target) ? Files.readAllLines(target) : List.<String>of()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches() && Files.isRegularFile(target.resolveSibling(matcher.group(2)))) {
                    all.put(matcher.group(2), new Sha256(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            throw WorkFailedException.of("The list of digests '" + target + "' could not be read", e, "Delete it.");
        }
        all.putAll(digests);
        write(target, all);
    }

    /**
     * Writes one line per file, sorted by name; the list appears whole or not at all.
     *
     * @param digests by file name relative to the folder of {@code target}
     */
    public static void write(Path target, SortedMap<String, Sha256> digests) throws WorkFailedException {
        StringBuilder lines = new StringBuilder();
        digests.forEach((name, digest) -> {
            if (!name.matches("[^\\p{IsControl}\\\\]+")) {
                throw new IllegalArgumentException("Not a file name for a list of digests: '" + name + "'.");
            }
            lines.append(digest.hex()).append("  ").append(name).append('\n');
        });
        NewFile.write(
                "The list of digests", target, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}

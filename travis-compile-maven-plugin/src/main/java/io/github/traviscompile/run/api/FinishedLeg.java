package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a leg delivered in full, whether just now or in an earlier run.
 *
 * @param files one for each output the leg owed
 * @param details what the leg said of itself, such as {@code rustc}; values are one line each
 * @param finished when the last output had arrived
 */
public record FinishedLeg(List<File> files, SortedMap<String, String> details, Instant finished) {

    private static final String COMPILE_MILLIS = "compile_ms";

    /**
     * One output's bytes.
     *
     * @param size in bytes
     */
    public record File(Output output, Path path, long size, Sha256 sha256) {}

    public FinishedLeg {
        files = List.copyOf(files);
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        Set<Output> outputs = new HashSet<>();
        if (files.isEmpty() || !files.stream().map(File::output).allMatch(outputs::add)) {
            throw new IllegalArgumentException("A finished leg has at least one file, and one for each output.");
        }
        details.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9_.-]{1,64}") || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("Not a detail of a leg: '" + name + "'.");
            }
        });
    }

    /** A leg that was just compiled, which took {@code compileTime}. */
    public static FinishedLeg of(
            List<File> files, SortedMap<String, String> details, Duration compileTime, Instant finished) {
        SortedMap<String, String> all = new TreeMap<>(details);
        all.put(COMPILE_MILLIS, Long.toString(compileTime.toMillis()));
        return new FinishedLeg(files, all, finished);
    }

    /** The same leg, of which {@code value} is known besides. */
    public FinishedLeg with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.put(name, value);
        return new FinishedLeg(files, more, finished);
    }

    /** How long the leg took when it was compiled; zero where nobody said. */
    public Duration compileTime() {
        return Duration.ofMillis(Long.parseLong(details.getOrDefault(COMPILE_MILLIS, "0")));
    }

    /** The bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(File::size).sum();
    }
}

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
 * A leg's complete delivery, of this run or an earlier one.
 *
 * @param files one for each output of the leg
 * @param details the leg's report on itself, such as {@code rustc}; each value is one line
 * @param finished the time when the last output arrived
 */
public record FinishedLeg(List<File> files, SortedMap<String, String> details, Instant finished) {

    private static final String COMPILE_MILLIS = "compile_ms";

    /**
     * The file of one output.
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

    /** Makes the result of a leg of this run, which compiled for {@code compileTime}. */
    public static FinishedLeg of(
            List<File> files, SortedMap<String, String> details, Duration compileTime, Instant finished) {
        SortedMap<String, String> all = new TreeMap<>(details);
        all.put(COMPILE_MILLIS, Long.toString(compileTime.toMillis()));
        return new FinishedLeg(files, all, finished);
    }

    /** Returns a copy with one more detail. */
    public FinishedLeg with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.put(name, value);
        return new FinishedLeg(files, more, finished);
    }

    /** Returns the time that the leg compiled; zero if unknown. */
    public Duration compileTime() {
        return Duration.ofMillis(Long.parseLong(details.getOrDefault(COMPILE_MILLIS, "0")));
    }

    /** Returns the size of all files together, in bytes. */
    public long size() {
        return files.stream().mapToLong(File::size).sum();
    }
}

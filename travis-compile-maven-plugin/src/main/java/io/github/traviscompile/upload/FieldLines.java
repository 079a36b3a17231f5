package io.github.traviscompile.upload;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parses the {@code key=value} lines in the bodies of {@code begin} and {@code event}. */
public final class FieldLines {

    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9_]*)=(\\P{Cntrl}*)");

    private FieldLines() {}

    /** Returns the fields, or empty if a line has another syntax or repeats a key. */
    public static Optional<SortedMap<String, String>> parse(List<String> lines) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (String line : lines) {
            var m = LINE.matcher(line);
            if (!m.matches() || fields.put(m.group(1), m.group(2)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }
}

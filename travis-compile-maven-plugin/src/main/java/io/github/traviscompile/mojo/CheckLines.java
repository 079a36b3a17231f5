package io.github.traviscompile.mojo;

import io.github.traviscompile.run.api.CheckResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.maven.plugin.logging.Log;

/**
 * The results of {@code check} and {@code clean-up} as lines.
 *
 * @param marks the mark at the beginning of a line, by state
 */
record CheckLines(Map<CheckResult.State, String> marks) {

    private static final Map<CheckResult.State, String> SIGNS = Map.of(
            CheckResult.State.READY, "✓",
            CheckResult.State.REMARK, "!",
            CheckResult.State.MISSING, "✗",
            CheckResult.State.BROKEN, "✗");

    private static final Map<CheckResult.State, String> WORDS = Map.of(
            CheckResult.State.READY, "ok",
            CheckResult.State.REMARK, "note",
            CheckResult.State.MISSING, "missing",
            CheckResult.State.BROKEN, "broken");

    CheckLines {
        marks = Map.copyOf(marks);
    }

    /** Returns lines with signs if the encoding of the standard output has them, else with words. */
    static CheckLines forConsole() {
        // Java 17 states the encoding of System.out only in these properties.
        String encoding = Optional.ofNullable(System.getProperty("stdout.encoding"))
                .or(() -> Optional.ofNullable(System.getProperty("sun.stdout.encoding")))
                .filter(Charset::isSupported)
                .orElse(Charset.defaultCharset().name());
        return in(Charset.forName(encoding));
    }

    static CheckLines in(Charset encoding) {
        boolean shown = encoding.canEncode() && SIGNS.values().stream().allMatch(encoding.newEncoder()::canEncode);
        return new CheckLines(shown ? SIGNS : WORDS);
    }

    /** Logs a result at the level of its state. */
    void show(CheckResult finding, Log log) {
        for (String line : of(finding)) {
            switch (finding.verdict()) {
                case READY -> log.info(line);
                case REMARK -> log.warn(line);
                case MISSING, BROKEN -> log.error(line);
            }
        }
    }

    /** Returns one line for each line of the result's sentence. */
    List<String> of(CheckResult finding) {
        String mark = String.valueOf(marks.get(finding.verdict()));
        List<String> sentence = finding.sentence().lines().toList();
        return IntStream.range(0, sentence.size())
                .mapToObj(i -> i == 0
                        ? mark + " " + finding.subject() + ": " + sentence.get(i)
                        : " ".repeat(mark.length() + 1) + sentence.get(i))
                .toList();
    }

    /** Returns all lines as the content of a file in UTF-8. */
    static String text(List<CheckResult> findings) {
        CheckLines lines = in(StandardCharsets.UTF_8);
        return findings.stream()
                .flatMap(finding -> lines.of(finding).stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Returns a sentence on all results.
     *
     * @param place the place that shows them, with its verb, such as {@code the lines above say}
     */
    static String verdict(List<CheckResult> findings, String place) {
        long asked = findings.stream()
                .filter(finding -> finding.verdict() != CheckResult.State.REMARK)
                .count();
        long bad = findings.stream().filter(CheckResult::isBad).count();
        if (bad == 0) {
            return "All " + asked + " prerequisites are there.";
        }
        boolean remedied = findings.stream().anyMatch(finding -> finding.verdict() == CheckResult.State.MISSING);
        return bad + " of " + asked + " prerequisites " + (bad == 1 ? "is" : "are")
                + (remedied ? " missing; " + place + " what to do." : " out of order; " + place + " why.");
    }
}

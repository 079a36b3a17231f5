package io.github.traviscompile.mojo;

import io.github.traviscompile.run.api.Finding;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.maven.plugin.logging.Log;

/**
 * What {@code check} and {@code clean-up} find, in lines.
 *
 * @param marks what a line begins with
 */
record FindingLines(Map<Finding.Verdict, String> marks) {

    private static final Map<Finding.Verdict, String> SIGNS = Map.of(
            Finding.Verdict.READY, "✓",
            Finding.Verdict.REMARK, "!",
            Finding.Verdict.MISSING, "✗",
            Finding.Verdict.BROKEN, "✗");

    private static final Map<Finding.Verdict, String> WORDS = Map.of(
            Finding.Verdict.READY, "ok",
            Finding.Verdict.REMARK, "note",
            Finding.Verdict.MISSING, "missing",
            Finding.Verdict.BROKEN, "broken");

    FindingLines {
        marks = Map.copyOf(marks);
    }

    /** With signs where the encoding of the standard output has them, else with words. */
    static FindingLines forConsole() {
        // What System.out encodes by, which Java 17 does not tell otherwise.
        String encoding = Optional.ofNullable(System.getProperty("stdout.encoding"))
                .or(() -> Optional.ofNullable(System.getProperty("sun.stdout.encoding")))
                .filter(Charset::isSupported)
                .orElse(Charset.defaultCharset().name());
        return in(Charset.forName(encoding));
    }

    static FindingLines in(Charset encoding) {
        boolean shown = encoding.canEncode() && SIGNS.values().stream().allMatch(encoding.newEncoder()::canEncode);
        return new FindingLines(shown ? SIGNS : WORDS);
    }

    /** Writes it, as loud as it is. */
    void show(Finding finding, Log log) {
        for (String line : of(finding)) {
            switch (finding.verdict()) {
                case READY -> log.info(line);
                case REMARK -> log.warn(line);
                case MISSING, BROKEN -> log.error(line);
            }
        }
    }

    /** One line for each of the sentence's. */
    List<String> of(Finding finding) {
        String mark = String.valueOf(marks.get(finding.verdict()));
        List<String> sentence = finding.sentence().lines().toList();
        return IntStream.range(0, sentence.size())
                .mapToObj(i -> i == 0
                        ? mark + " " + finding.subject() + ": " + sentence.get(i)
                        : " ".repeat(mark.length() + 1) + sentence.get(i))
                .toList();
    }

    /** A sentence on all of them. */
    static String verdict(List<Finding> findings) {
        long asked = findings.stream()
                .filter(finding -> finding.verdict() != Finding.Verdict.REMARK)
                .count();
        long bad = findings.stream().filter(Finding::isBad).count();
        if (bad == 0) {
            return "All " + asked + " prerequisites are there.";
        }
        boolean remedied = findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.MISSING);
        return bad + " of " + asked + " prerequisites " + (bad == 1 ? "is" : "are")
                + (remedied ? " missing; the lines above say what to do." : " out of order; the lines above say why.");
    }
}

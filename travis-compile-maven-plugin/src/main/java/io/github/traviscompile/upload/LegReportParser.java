package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.upload.UploadEvent.LegReport;
import io.github.traviscompile.upload.UploadEvent.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses the plain text of an event: {@code phase=<word>}, more {@code key=value} lines, an empty line, free text. */
final class LegReportParser {

    private static final String PHASE = "phase";

    private LegReportParser() {}

    /** Parses an event of {@code leg}; a character cut in the middle becomes a replacement character. */
    static Optional<LegReport> parse(String leg, byte[] plain) {
        String body = new String(plain, UTF_8);
        int end = body.indexOf("\n\n");
        String head = end < 0 ? body : body.substring(0, end);
        String text = end < 0 ? "" : body.substring(end + 2);
        if (!head.startsWith(PHASE + "=")) {
            return Optional.empty();
        }
        return FieldLines.parse(List.of(head.split("\n"))).flatMap(fields -> {
            Optional<String> word = Optional.ofNullable(fields.remove(PHASE));
            return word.flatMap(LegReportParser::phase)
                    .map(phase -> new LegReport(leg, phase, fields, printable(text)));
        });
    }

    private static Optional<Phase> phase(String word) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    /** Removes control characters that a terminal could take for a command. */
    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}

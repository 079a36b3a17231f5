package io.github.traviscompile.verify.wheel;

import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code RECORD}: a CSV line for each file of the wheel, with digest and size (Python Packaging User Guide,
 * "Recording installed projects"; PEP 376).
 */
record RecordFile(List<Line> lines) {

    /**
     * One line.
     *
     * @param digest an algorithm, {@code =}, and the digest in URL-safe Base64 without padding; empty for none
     * @param size in bytes, in digits; empty for none
     */
    record Line(String path, String digest, String size) {}

    RecordFile {
        lines = List.copyOf(lines);
    }

    static RecordFile read(String file, byte[] content) throws InvalidWheelException {
        List<Line> lines = new ArrayList<>();
        for (List<String> row : rows(HeaderFields.text(file, content))) {
            if (row.size() != 3) {
                throw new InvalidWheelException(
                        "no wheel: a line of its '" + file + "' has " + row.size() + " fields instead of 3");
            }
            lines.add(new Line(row.get(0), row.get(1), row.get(2)));
        }
        return new RecordFile(lines);
    }

    /** Splits the rows. Quotes around a field keep commas and line breaks; a doubled quote is one quote (RFC 4180). */
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        if (!row.isEmpty() || !field.isEmpty()) {
            row.add(field.toString());
            rows.add(row);
        }
        rows.removeIf(each -> each.equals(List.of("")));
        return rows;
    }
}

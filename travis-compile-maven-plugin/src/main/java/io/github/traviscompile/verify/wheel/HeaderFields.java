package io.github.traviscompile.verify.wheel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of {@code METADATA} and {@code WHEEL}, in the order of the file (RFC 5322, 2.2; Python Packaging User
 * Guide, "Core metadata specifications"). The text after the first empty line is not read.
 */
record HeaderFields(List<Field> fields) {

    /** @param value with all folded lines */
    record Field(String name, String value) {}

    HeaderFields {
        fields = List.copyOf(fields);
    }

    static HeaderFields read(String file, byte[] content) throws InvalidWheelException {
        List<Field> fields = new ArrayList<>();
        for (String line : text(file, content).split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (fields.isEmpty()) {
                    throw new InvalidWheelException(
                            "no wheel: its '" + file + "' begins with the continuation of a field");
                }
                Field last = fields.remove(fields.size() - 1);
                fields.add(new Field(last.name(), last.value() + "\n" + line.strip()));
            } else if (colon < 1) {
                throw new InvalidWheelException("no wheel: its '" + file + "' has a line without a field's name");
            } else {
                fields.add(new Field(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return new HeaderFields(fields);
    }

    static String text(String file, byte[] content) throws InvalidWheelException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidWheelException("no wheel: its '" + file + "' is not UTF-8");
        }
    }

    /** Returns all values of a field; its name ignores case. */
    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}

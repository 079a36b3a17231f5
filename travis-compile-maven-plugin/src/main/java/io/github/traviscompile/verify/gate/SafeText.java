package io.github.traviscompile.verify.gate;

import java.util.List;

/** Makes untrusted text safe for messages. */
public final class SafeText {

    private static final int MOST = 10;
    private static final int LONGEST = 200;

    private SafeText() {}

    /** Returns for example {@code 'a', 'b' and 'c'}. */
    public static String quoted(List<String> texts) {
        return list(texts.stream().map(SafeText::quoted).toList());
    }

    public static String quoted(String text) {
        return "'" + shown(text) + "'";
    }

    /** Returns for example {@code a, b and 12 more}. */
    public static String list(List<?> things) {
        List<String> texts =
                things.stream().map(thing -> shown(thing.toString())).toList();
        int last = Math.min(texts.size(), MOST) - 1;
        if (texts.size() < 2) {
            return String.join("", texts);
        }
        String end = texts.size() > MOST ? texts.size() - last + " more" : texts.get(last);
        return String.join(", ", texts.subList(0, last)) + " and " + end;
    }

    /** Replaces control characters and limits the length. */
    public static String shown(String text) {
        String plain = text.replaceAll("\\p{C}", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}

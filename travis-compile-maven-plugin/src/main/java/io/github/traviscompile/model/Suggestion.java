package io.github.traviscompile.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a message about an unknown word: the nearest known word, then all of them. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * Returns one or two sentences: {@code Did you mean 'linux-x86_64'? Known are: …}. Omits the first if no known word
     * is near.
     */
    public static String of(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "There are none.";
        }
        String all = "Known are: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".";
        return nearest(word, known)
                .map(near -> "Did you mean '" + near + "'? " + all)
                .orElse(all);
    }

    /** Finds the known word at the least edit distance, if that is at most a third of the longer word. */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(word, k) * 3 <= Math.max(word.length(), k.length()));
    }

    /** Computes Levenshtein's distance: insertions, deletions and substitutions of one character, ignoring case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

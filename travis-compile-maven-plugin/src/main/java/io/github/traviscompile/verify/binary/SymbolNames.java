package io.github.traviscompile.verify.binary;

import java.util.Collections;
import java.util.List;

/**
 * The names that a binary exports or imports, as its tables spell them; queries use C's spelling.
 *
 * @param decoration the decoration of C's names
 * @param spelt sorted, without duplicates
 */
public record SymbolNames(Decoration decoration, List<String> spelt) {

    /** No names. */
    public static final SymbolNames NONE = new SymbolNames(Decoration.NONE, List.of());

    /** The way a name of C becomes the name of a symbol. */
    public enum Decoration {
        /** Unchanged. */
        NONE,
        /** {@code name} becomes {@code _name}, on Apple's systems. */
        UNDERSCORE,
        /**
         * On 32-bit Windows: {@code name}, {@code _name}, or {@code _name@8} and {@code name@8} for a function that
         * removes its eight bytes of arguments itself (__stdcall, and so JNICALL).
         */
        STDCALL
    }

    public SymbolNames {
        spelt = spelt.stream().sorted().distinct().toList();
    }

    /** Returns whether {@code name} is present. */
    public boolean has(String name) {
        return switch (decoration) {
            case NONE -> spelt(name);
            case UNDERSCORE -> spelt("_" + name);
            case STDCALL -> spelt(name) || spelt("_" + name) || stdcall(name) || stdcall("_" + name);
        };
    }

    /** Returns whether a name that begins with {@code prefix} is present. */
    public boolean hasAny(String prefix) {
        return switch (decoration) {
            case NONE -> !beginningWith(prefix).isEmpty();
            case UNDERSCORE -> !beginningWith("_" + prefix).isEmpty();
            case STDCALL ->
                !beginningWith(prefix).isEmpty() || !beginningWith("_" + prefix).isEmpty();
        };
    }

    /** Returns the names that begin with {@code prefix}, in the table's spelling. */
    public List<String> beginningWith(String prefix) {
        int from = position(prefix);
        int to = from;
        while (to < spelt.size() && spelt.get(to).startsWith(prefix)) {
            to++;
        }
        return spelt.subList(from, to);
    }

    private boolean spelt(String name) {
        return Collections.binarySearch(spelt, name) >= 0;
    }

    private boolean stdcall(String name) {
        return beginningWith(name + "@").stream()
                .anyMatch(found -> found.substring(name.length() + 1).matches("[0-9]+"));
    }

    private int position(String prefix) {
        int found = Collections.binarySearch(spelt, prefix);
        return found < 0 ? -found - 1 : found;
    }
}

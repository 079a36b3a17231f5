package io.github.traviscompile.verify.binary;

import java.util.Collections;
import java.util.List;

/**
 * Names that a binary gives to others or takes from them, as its tables spell them; questions are asked in C's spelling.
 *
 * @param decoration how C's names are spelt there
 * @param spelt sorted, each once
 */
public record SymbolNames(Decoration decoration, List<String> spelt) {

    /** No names. */
    public static final SymbolNames NONE = new SymbolNames(Decoration.NONE, List.of());

    /** How a name of C becomes the name of a symbol. */
    public enum Decoration {
        /** Not at all. */
        NONE,
        /** {@code name} becomes {@code _name}, on all that Apple makes. */
        UNDERSCORE,
        /**
         * On 32-bit Windows: {@code name}, {@code _name}, or {@code _name@8} and {@code name@8} for a function of eight
         * bytes of arguments that clears them itself (__stdcall, and so JNICALL).
         */
        STDCALL
    }

    public SymbolNames {
        spelt = spelt.stream().sorted().distinct().toList();
    }

    /** Whether {@code name} is among them. */
    public boolean has(String name) {
        return switch (decoration) {
            case NONE -> spelt(name);
            case UNDERSCORE -> spelt("_" + name);
            case STDCALL -> spelt(name) || spelt("_" + name) || stdcall(name) || stdcall("_" + name);
        };
    }

    /** Whether a name that begins with {@code prefix} is among them. */
    public boolean hasAny(String prefix) {
        return switch (decoration) {
            case NONE -> !beginningWith(prefix).isEmpty();
            case UNDERSCORE -> !beginningWith("_" + prefix).isEmpty();
            case STDCALL ->
                !beginningWith(prefix).isEmpty() || !beginningWith("_" + prefix).isEmpty();
        };
    }

    /** The names that begin with {@code prefix} as they are spelt. */
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

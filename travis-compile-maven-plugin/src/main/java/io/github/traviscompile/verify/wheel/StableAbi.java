package io.github.traviscompile.verify.wheel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The names of CPython that stay across releases (PEP 384; the list is CPython's {@code Misc/stable_abi.toml}).
 *
 * @param since by name, the first minor version of Python 3 that has it for extensions
 */
record StableAbi(Map<String, Integer> since) {

    /** The minor version of Python 3 of this list; later ones have more names. */
    static final int NEWEST = 13;

    private static final String LIST = "stable-abi.txt";

    StableAbi {
        since = Map.copyOf(since);
    }

    static StableAbi read() {
        try (InputStream in = Objects.requireNonNull(StableAbi.class.getResourceAsStream(LIST), LIST)) {
            Map<String, Integer> since = new HashMap<>();
            int minor = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[3.")) {
                    minor = Integer.parseInt(line.substring(3, line.length() - 1));
                } else if (!line.startsWith("#")) {
                    for (String name : line.split(" ", -1)) {
                        since.put(name, minor);
                    }
                }
            }
            return new StableAbi(since);
        } catch (IOException e) {
            throw new UncheckedIOException("The names of the stable ABI cannot be read from the plugin.", e);
        }
    }

    /** Returns whether a name belongs to Python, by its prefix. */
    static boolean isPythons(String name) {
        return name.matches("_?Py[A-Z_].*");
    }

    Optional<Integer> since(String name) {
        return Optional.ofNullable(since.get(name));
    }
}

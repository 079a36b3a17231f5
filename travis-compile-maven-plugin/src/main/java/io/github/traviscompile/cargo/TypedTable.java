package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of a TOML file, read with the types that the caller expects; another type is an error that names the key.
 *
 * @param at the table's own dotted key, empty for the whole file
 */
record TypedTable(Path file, String at, Map<String, Object> values) {

    Set<String> keys() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns the value of the first present key of {@code keys}: Cargo still accepts some keys with underscores. */
    private @Nullable Object first(String... keys) {
        for (String key : keys) {
            Object value = values.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    Optional<String> string(String key) throws ActionNeededException {
        Object value = values.get(key);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw wrongType(key, "a string");
    }

    Optional<Long> integer(String key) throws ActionNeededException {
        Object value = values.get(key);
        if (value == null || value instanceof Long) {
            return Optional.ofNullable((Long) value);
        }
        throw wrongType(key, "an integer");
    }

    Optional<Boolean> bool(String... keys) throws ActionNeededException {
        Object value = first(keys);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        throw wrongType(keys[0], "true or false");
    }

    Optional<List<String>> strings(String... keys) throws ActionNeededException {
        Object value = first(keys);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list)) {
            throw wrongType(keys[0], "an array of strings");
        }
        List<String> strings = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String string)) {
                throw wrongType(keys[0], "an array of strings");
            }
            strings.add(string);
        }
        return Optional.of(strings);
    }

    /** Returns the table at the first present key of {@code keys}, or an empty one. */
    TypedTable table(String... keys) throws ActionNeededException {
        Object value = first(keys);
        return value == null ? new TypedTable(file, dotted(keys[0]), Map.of()) : asTable(keys[0], value);
    }

    /** Returns the array of tables {@code key}. */
    List<TypedTable> tables(String key) throws ActionNeededException {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrongType(key, "an array of tables");
        }
        List<TypedTable> tables = new ArrayList<>();
        for (Object item : list) {
            tables.add(asTable(key, item));
        }
        return tables;
    }

    /** Returns the file or directory that {@code key} names, relative to this file's directory. */
    Optional<Path> path(String key) throws ActionNeededException {
        Optional<String> value = string(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(resolve(key, value.get()));
    }

    /** Resolves {@code value} of {@code key} against this file's directory, without {@code .} and {@code ..}. */
    Path resolve(String key, String value) throws ActionNeededException {
        try {
            return file.resolveSibling(value).normalize();
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "The key '" + dotted(key) + "' in " + file + " is not a path on this machine: " + e.getMessage()
                            + ". Correct it.",
                    e);
        }
    }

    private TypedTable asTable(String key, Object value) throws ActionNeededException {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrongType(key, "a table");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((name, entry) -> entries.put(name.toString(), entry));
        return new TypedTable(file, dotted(key), entries);
    }

    String dotted(String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    private ActionNeededException wrongType(String key, String wanted) {
        return new ActionNeededException(
                "The key '" + dotted(key) + "' in " + file + " is not " + wanted + ". Correct it.");
    }
}

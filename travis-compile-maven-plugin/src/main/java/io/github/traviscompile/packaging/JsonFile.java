package io.github.traviscompile.packaging;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;

/**
 * Writes JSON documents whose bytes depend only on their values: members in insertion order, UTF-8, line feeds, one at
 * the end. It uses Gson, which this plugin depends on anyway; Jackson would need another library.
 */
public final class JsonFile {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonFile() {}

    /**
     * Writes {@code document} to {@code target}, whole or not at all.
     *
     * @param what the subject of the error message, such as {@code The archive}
     */
    public static Sha256 write(String what, Path target, JsonObject document) throws WorkFailedException {
        return NewFile.write(what, target, out -> out.write(text(document).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns {@code document} in full, with a line feed at its end.
     *
     * @param document a JSON object, or a record whose components are the members in their order; null leaves one out
     */
    public static String text(Object document) {
        return GSON.toJson(document) + "\n";
    }

    public static JsonArray array(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonObject object(Map<String, String> values) {
        JsonObject object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }

    /** Formats {@code time} to the second, in UTC (RFC 3339). */
    static String timestamp(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }
}

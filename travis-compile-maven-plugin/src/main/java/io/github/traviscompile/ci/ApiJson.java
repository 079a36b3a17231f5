package io.github.traviscompile.ci;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object in which absent members, null and members of an unexpected type all read as absent. */
public record ApiJson(JsonObject object) {

    private static final int LONGEST_REASON = 200;

    /** Parses the object of a successful reply. */
    public static ApiJson of(HttpReply reply) throws WorkFailedException, ServiceBusyException {
        JsonElement element = element(reply);
        if (element.isJsonObject()) {
            return new ApiJson(element.getAsJsonObject());
        }
        throw new ServiceBusyException("answered " + reply.status() + " without a JSON object", Duration.ZERO, null);
    }

    /** Parses the objects of a successful reply that is an array. */
    public static List<ApiJson> listOf(HttpReply reply) throws WorkFailedException, ServiceBusyException {
        JsonElement element = element(reply);
        if (element.isJsonArray()) {
            return objects(element);
        }
        throw new ServiceBusyException("answered " + reply.status() + " without a JSON array", Duration.ZERO, null);
    }

    private static JsonElement element(HttpReply reply) throws WorkFailedException, ServiceBusyException {
        requireSuccess(reply);
        try {
            return JsonParser.parseString(reply.body());
        } catch (JsonSyntaxException e) {
            throw new ServiceBusyException("answered " + reply.status() + " with what is not JSON", Duration.ZERO, e);
        }
    }

    /** Refuses an unsuccessful reply. */
    public static HttpReply requireSuccess(HttpReply reply) throws WorkFailedException {
        if (!reply.succeeded()) {
            throw new WorkFailedException(reply.service() + " refused " + reply.path() + ": " + reason(reply) + ".");
        }
        return reply;
    }

    /** Returns the status with the service's reason, if it gives one. */
    public static String reason(HttpReply reply) {
        String line = "";
        try {
            if (JsonParser.parseString(reply.body()) instanceof JsonObject object) {
                ApiJson json = new ApiJson(object);
                line = json.string("message")
                        .or(() -> json.string("error_message"))
                        .orElse("")
                        .replaceAll("\\s+", " ")
                        .strip()
                        .replaceFirst("\\.$", "");
            }
        } catch (JsonSyntaxException e) {
            // A proxy in between sent a page, which no message can quote.
            line = "";
        }
        return "status " + reply.status()
                + (line.isEmpty() ? "" : ", " + line.substring(0, Math.min(line.length(), LONGEST_REASON)));
    }

    /** Returns the objects of an array and omits other elements. */
    static List<ApiJson> objects(@Nullable JsonElement element) {
        List<ApiJson> list = new ArrayList<>();
        if (element instanceof JsonArray array) {
            for (JsonElement child : array) {
                if (child instanceof JsonObject childObject) {
                    list.add(new ApiJson(childObject));
                }
            }
        }
        return list;
    }

    public Optional<String> string(String name) {
        return primitive(name).map(JsonPrimitive::getAsString);
    }

    /** Returns a whole number, also from a text. */
    public Optional<Long> number(String name) {
        return string(name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
    }

    public Optional<Boolean> flag(String name) {
        return primitive(name).filter(JsonPrimitive::isBoolean).map(JsonPrimitive::getAsBoolean);
    }

    public Optional<ApiJson> member(String name) {
        @Nullable JsonElement element = object.get(name);
        return element instanceof JsonObject child ? Optional.of(new ApiJson(child)) : Optional.empty();
    }

    public List<ApiJson> list(String name) {
        return objects(object.get(name));
    }

    /** Returns the texts of an array and omits other elements. */
    public List<String> strings(String name) {
        List<String> list = new ArrayList<>();
        if (object.get(name) instanceof JsonArray array) {
            for (JsonElement child : array) {
                if (child instanceof JsonPrimitive text) {
                    list.add(text.getAsString());
                }
            }
        }
        return list;
    }

    private Optional<JsonPrimitive> primitive(String name) {
        @Nullable JsonElement element = object.get(name);
        return element instanceof JsonPrimitive primitive ? Optional.of(primitive) : Optional.empty();
    }
}

package io.github.traviscompile.ci;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object whose members may be absent, null or of another type than expected: all three read as absent. */
public record ApiJson(JsonObject object) {

    /** The objects of an array; other elements are left out. */
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

    /** A whole number, also where it comes as text. */
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

    /** The texts of an array; other elements are left out. */
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

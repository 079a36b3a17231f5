package io.github.traviscompile.ci.travis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object whose members may be absent, null or of another type than expected: all three read as absent. */
record TravisJson(JsonObject object) {

    Optional<String> string(String name) {
        return primitive(name).map(JsonPrimitive::getAsString);
    }

    Optional<Long> number(String name) {
        // A commit's or a request's number comes as text in places.
        return string(name).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
    }

    Optional<Boolean> flag(String name) {
        return primitive(name).filter(JsonPrimitive::isBoolean).map(JsonPrimitive::getAsBoolean);
    }

    Optional<TravisJson> member(String name) {
        @Nullable JsonElement element = object.get(name);
        return element instanceof JsonObject child ? Optional.of(new TravisJson(child)) : Optional.empty();
    }

    List<TravisJson> list(String name) {
        List<TravisJson> list = new ArrayList<>();
        if (object.get(name) instanceof JsonArray array) {
            for (JsonElement element : array) {
                if (element instanceof JsonObject child) {
                    list.add(new TravisJson(child));
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

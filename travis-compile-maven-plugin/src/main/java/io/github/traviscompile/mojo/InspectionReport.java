package io.github.traviscompile.mojo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.run.api.InspectedFile;
import java.util.ArrayList;
import java.util.List;

/** What the goal {@code verify} found, for people and for programs. */
final class InspectionReport {

    private static final List<String> HEADER = List.of("file", "platform", "", "type", "runs from", "exports", "needs");

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private InspectionReport() {}

    /** A line for each file, or slice of one. */
    static List<String> table(List<InspectedFile> files) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        files.forEach(file -> rows.add(row(file)));
        return DeliveryTable.align(rows);
    }

    private static List<String> row(InspectedFile file) {
        return List.of(
                file.name(),
                file.platform().map(Platform::id).orElse("none"),
                file.errors().isEmpty() ? "passed" : "failed",
                fact(file, "type"),
                file.oldestSystem().orElse(""),
                fact(file, "exports"),
                fact(file, "needs"));
    }

    private static String fact(InspectedFile file, String name) {
        return file.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::value)
                .findFirst()
                .orElse("");
    }

    /** {@code {"files": [{"file", "platform", "passed", "facts": {…}, "errors": […], "warnings": […]}, …]}}. */
    static String json(List<InspectedFile> files) {
        JsonArray array = new JsonArray();
        for (InspectedFile file : files) {
            JsonObject facts = new JsonObject();
            file.facts().forEach(fact -> facts.addProperty(fact.name(), fact.value()));
            JsonObject object = new JsonObject();
            object.addProperty("file", file.name());
            file.platform().ifPresent(platform -> object.addProperty("platform", platform.id()));
            object.addProperty("passed", file.errors().isEmpty());
            object.add("facts", facts);
            object.add("errors", GSON.toJsonTree(file.errors()));
            object.add("warnings", GSON.toJsonTree(file.warnings()));
            array.add(object);
        }
        JsonObject document = new JsonObject();
        document.add("files", array);
        return GSON.toJson(document);
    }
}

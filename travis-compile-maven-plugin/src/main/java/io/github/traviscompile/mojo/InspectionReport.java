package io.github.traviscompile.mojo;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.run.api.InspectedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of the goal {@code verify}, as a table for users and as JSON for programs. */
final class InspectionReport {

    private static final List<String> HEADER = List.of("file", "platform", "", "type", "runs from", "exports", "needs");

    private InspectionReport() {}

    /** Returns a header and a line for each file, or for each slice of a file. */
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

    /** The JSON document. The components are its members, in their order; null leaves a member out. */
    private record Document(List<Entry> files) {}

    private record Entry(
            String file,
            @Nullable String platform,
            boolean passed,
            Map<String, String> facts,
            List<String> errors,
            List<String> warnings) {}

    /** Returns the document that the site's page on the goal shows. */
    static String json(List<InspectedFile> files) {
        return GoalOutput.toJson(
                new Document(files.stream().map(InspectionReport::entry).toList()));
    }

    private static Entry entry(InspectedFile file) {
        Map<String, String> facts = new LinkedHashMap<>();
        file.facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        return new Entry(
                file.name(),
                file.platform().map(Platform::id).orElse(null),
                file.errors().isEmpty(),
                facts,
                file.errors(),
                file.warnings());
    }
}

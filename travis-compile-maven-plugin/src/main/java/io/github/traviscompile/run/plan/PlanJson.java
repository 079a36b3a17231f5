package io.github.traviscompile.run.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.traviscompile.git.SnapshotFile;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.packaging.JsonFile;
import java.util.List;

/** A preview as a JSON document of version 1, as {@code plan.schema.json} on the site describes it. */
final class PlanJson {

    private static final int VERSION = 1;

    private PlanJson() {}

    static JsonObject toJson(PlanReport preview) {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("plugin", preview.pluginVersion());
        json.addProperty("project", preview.project().toString());
        JsonArray packages = new JsonArray();
        for (PlanReport.PlannedPackage crate : preview.packages()) {
            JsonObject each = new JsonObject();
            each.addProperty("name", crate.name());
            each.addProperty("version", crate.version());
            packages.add(each);
        }
        json.add("packages", packages);
        json.add("snapshot", snapshot(preview.snapshot()));
        preview.toolchain().ifPresent(found -> {
            JsonObject toolchain = new JsonObject();
            toolchain.addProperty("release", found.release());
            toolchain.addProperty("rustc", found.rustc().toString());
            json.add("toolchain", toolchain);
        });
        preview.delivery().ifPresent(choice -> {
            JsonObject delivery = new JsonObject();
            delivery.addProperty("way", choice.way().id());
            addText(delivery, "reason", choice.reason());
            json.add("delivery", delivery);
        });
        JsonArray legs = new JsonArray();
        preview.legs().forEach(leg -> legs.add(compiled(leg)));
        json.add("legs", legs);
        JsonArray merged = new JsonArray();
        preview.merged().forEach(each -> merged.add(merged(each)));
        json.add("merged", merged);
        json.add("warnings", JsonFile.array(preview.warnings()));
        return json;
    }

    private static JsonObject snapshot(PlanReport.SnapshotSummary snapshot) {
        JsonObject json = new JsonObject();
        json.addProperty("root", snapshot.root().toString());
        json.addProperty("count", snapshot.files().files().size());
        json.addProperty("bytes", snapshot.files().bytes());
        if (snapshot.listed()) {
            JsonArray files = new JsonArray();
            for (SnapshotFile file : snapshot.files().files()) {
                JsonObject each = new JsonObject();
                each.addProperty("path", file.path());
                each.addProperty("bytes", file.bytes());
                files.add(each);
            }
            json.add("files", files);
        }
        return json;
    }

    private static JsonObject compiled(PlanReport.Compiled compiled) {
        Leg leg = compiled.leg();
        JsonObject json = new JsonObject();
        json.addProperty("platform", leg.id());
        json.addProperty("target", leg.target().triple());
        json.addProperty("service", leg.service().id());
        addText(json, "reason", compiled.reason());
        json.add(
                "substitutes",
                JsonFile.array(compiled.substitutes().stream().map(Service::id).toList()));
        leg.toolchain().ifPresent(toolchain -> json.addProperty("toolchain", toolchain));
        if (leg.owesCargoOutputs()) {
            json.add(
                    "cargo",
                    JsonFile.array(
                            leg.build().arguments(leg.target(), leg.setup().glibc())));
        }
        leg.wheels().ifPresent(wheels -> {
            JsonObject each = new JsonObject();
            each.addProperty("directory", wheels.directory());
            each.add("pythons", JsonFile.array(wheels.pythons()));
            json.add("wheels", each);
        });
        compiled.linking().ifPresent(phrase -> json.addProperty("links", phrase));
        compiled.installing().ifPresent(phrase -> json.addProperty("installs", phrase));
        addFiles(json, leg, compiled.archives());
        return json;
    }

    private static JsonObject merged(PlanReport.Merged merged) {
        JsonObject json = new JsonObject();
        json.addProperty("platform", merged.leg().id());
        json.add(
                "parts",
                JsonFile.array(merged.parts().stream().map(Platform::id).toList()));
        addFiles(json, merged.leg(), merged.archives());
        return json;
    }

    private static void addFiles(JsonObject json, Leg leg, List<String> archives) {
        json.add(
                "outputs",
                JsonFile.array(leg.outputs().stream().map(Output::fileName).toList()));
        json.add("artifacts", JsonFile.array(archives));
    }

    private static void addText(JsonObject json, String name, String text) {
        if (!text.isEmpty()) {
            json.addProperty(name, text);
        }
    }
}

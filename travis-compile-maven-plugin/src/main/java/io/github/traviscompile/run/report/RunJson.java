package io.github.traviscompile.run.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.JsonFile;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run as a JSON document of version 1, specified by its page on the site and by {@code run.schema.json} there. */
final class RunJson {

    private static final int VERSION = 1;

    private RunJson() {}

    /** The part of an earlier document that the next run reads. */
    private record Earlier(@Nullable SortedMap<String, Long> sizes) {}

    /**
     * Writes {@code report} to {@code target}, completely or not at all.
     *
     * @param sizesBefore the result of {@link #sizes} before this run
     */
    static void write(RunReport report, SortedMap<String, Long> sizesBefore, Path target) throws WorkFailedException {
        JsonFile.write("The record of the run", target, toJson(report, sizesBefore));
    }

    /** Returns the sizes of the last delivered files, in bytes, by {@link #key}; empty if {@code file} has none. */
    static SortedMap<String, Long> sizes(Path file) {
        try {
            @Nullable Earlier run = new Gson().fromJson(Files.readString(file), Earlier.class);
            return run == null || run.sizes() == null ? new TreeMap<>() : run.sizes();
        } catch (IOException | JsonParseException e) {
            // No earlier run, or a foreign file: nothing is compared.
            return new TreeMap<>();
        }
    }

    /** Returns the identity of an artifact across runs, independent of the project's version. */
    static String key(ArtifactName name) {
        return name.classifier() + "." + name.type();
    }

    private static JsonObject toJson(RunReport report, SortedMap<String, Long> sizesBefore) {
        RunEvent.Ended ended = report.ended();
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("plugin", report.pluginVersion());
        report.project().ifPresent(project -> json.addProperty("project", project));
        json.addProperty("started", timestamp(report.started()));
        json.addProperty("ended", timestamp(ended.at()));
        json.addProperty("result", ended.result().id());
        json.addProperty("message", ended.message());
        report.pullRequest().ifPresent(page -> json.addProperty("pullRequest", page.toString()));
        JsonArray legs = new JsonArray();
        report.legs().forEach(leg -> legs.add(leg(leg)));
        json.add("legs", legs);
        JsonArray artifacts = new JsonArray();
        report.delivered().ifPresent(all -> addAll(artifacts, all));
        json.add("artifacts", artifacts);
        JsonObject sizes = new JsonObject();
        SortedMap<String, Long> delivered = new TreeMap<>();
        report.delivered().ifPresent(all -> all.files().forEach(file -> delivered.put(key(file.name()), file.size())));
        (delivered.isEmpty() ? sizesBefore : delivered).forEach(sizes::addProperty);
        json.add("sizes", sizes);
        JsonArray events = new JsonArray();
        report.events().forEach(event -> events.add(event(event)));
        json.add("events", events);
        return json;
    }

    private static JsonObject leg(LegStatus status) {
        JsonObject json = new JsonObject();
        json.addProperty("platform", status.leg().id());
        json.addProperty("target", status.leg().target().triple());
        json.addProperty("service", status.leg().service().id());
        json.addProperty("phase", status.phase().id());
        json.addProperty("since", timestamp(status.since()));
        addText(json, "detail", status.detail());
        status.job().ifPresent(page -> json.addProperty("job", page.toString()));
        return json;
    }

    private static void addAll(JsonArray artifacts, Delivered delivered) {
        for (DeliveredPlatform platform : delivered.platforms()) {
            platform.files().forEach(file -> artifacts.add(artifact(file, Optional.of(platform))));
            platform.papers().forEach(paper -> artifacts.add(artifact(paper, Optional.of(platform))));
        }
        delivered.together().ifPresent(jar -> artifacts.add(artifact(jar, Optional.empty())));
    }

    private static JsonObject artifact(DeliveredFile file, Optional<DeliveredPlatform> platform) {
        JsonObject json = new JsonObject();
        json.addProperty("file", file.path().getFileName().toString());
        json.addProperty("classifier", file.name().classifier());
        json.addProperty("type", file.name().type());
        platform.ifPresent(of -> json.addProperty("platform", of.platform().id()));
        json.add("holds", JsonFile.array(file.holds()));
        json.addProperty("size", file.size());
        json.addProperty("sha256", file.sha256().hex());
        platform.filter(of -> !file.holds().isEmpty()).ifPresent(of -> {
            of.inspection().oldestSystem().ifPresent(system -> json.addProperty("runsFrom", system.toString()));
            json.addProperty("compileMillis", of.compileTime().toMillis());
            json.addProperty("reused", of.reused());
        });
        return json;
    }

    private static JsonObject event(RunEvent event) {
        JsonObject json = new JsonObject();
        json.addProperty("at", timestamp(event.at()));
        if (event instanceof RunEvent.Planned planned) {
            json.addProperty("event", "planned");
            json.add("legs", ids(planned.legs()));
        } else if (event instanceof RunEvent.LegsQueued queued) {
            json.addProperty("event", "queued");
            json.addProperty("run", queued.run().hex());
            json.add("legs", ids(queued.legs()));
            queued.crates().ifPresent(crates -> json.addProperty("crates", crates));
        } else if (event instanceof RunEvent.PullRequestOpened opened) {
            json.addProperty("event", "pull request");
            json.addProperty("page", opened.page().toString());
        } else if (event instanceof RunEvent.JobSeen seen) {
            json.addProperty("event", "job");
            json.addProperty("leg", seen.leg().id());
            json.addProperty("state", seen.state());
            json.addProperty("running", seen.running());
            json.addProperty("page", seen.page().toString());
        } else if (event instanceof RunEvent.LegMoved moved) {
            json.addProperty("event", "leg");
            json.addProperty("leg", moved.leg().id());
            json.addProperty("phase", moved.phase().id());
            addText(json, "detail", moved.detail());
            moved.progress().ifPresent(progress -> {
                json.addProperty("done", progress.done());
                json.addProperty("total", progress.total());
            });
        } else if (event instanceof RunEvent.Info info) {
            json.addProperty("event", "info");
            json.addProperty("sentence", info.sentence());
        } else if (event instanceof RunEvent.Warning warning) {
            json.addProperty("event", "warning");
            json.addProperty("sentence", warning.sentence());
        } else if (event instanceof RunEvent.FilesDelivered) {
            json.addProperty("event", "delivered");
        } else if (event instanceof RunEvent.Ended ended) {
            json.addProperty("event", "ended");
            json.addProperty("result", ended.result().id());
        }
        return json;
    }

    private static void addText(JsonObject json, String name, String text) {
        if (!text.isEmpty()) {
            json.addProperty(name, text);
        }
    }

    private static JsonArray ids(List<Leg> legs) {
        return JsonFile.array(legs.stream().map(Leg::id).toList());
    }

    /** Formats a time as RFC 3339, in UTC, to the millisecond. */
    private static String timestamp(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.MILLIS));
    }
}

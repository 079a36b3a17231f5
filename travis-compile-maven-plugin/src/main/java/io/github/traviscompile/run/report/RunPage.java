package io.github.traviscompile.run.report;

import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.NewFile;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A run as one HTML page without script or external resources, readable in light mode, in dark mode and on paper. */
final class RunPage {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<LegPhase> COLUMNS =
            List.of(LegPhase.QUEUED, LegPhase.SETTING_UP, LegPhase.COMPILING, LegPhase.UPLOADING, LegPhase.VERIFYING);

    private final RunReport report;
    private final SortedMap<String, Long> sizesBefore;
    private final Path directory;
    private final Markup page = new Markup();

    /** @param directory the directory of the page */
    private RunPage(RunReport report, SortedMap<String, Long> sizesBefore, Path directory) {
        this.report = report;
        this.sizesBefore = sizesBefore;
        this.directory = directory;
    }

    /**
     * Writes {@code report} to {@code target}, completely or not at all.
     *
     * @param sizesBefore the sizes of an earlier run's files in bytes, from {@link RunJson#sizes}
     */
    static void write(RunReport report, SortedMap<String, Long> sizesBefore, Path target) throws WorkFailedException {
        String html = html(report, sizesBefore, Objects.requireNonNull(target.getParent()));
        NewFile.write("The page on the run", target, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    }

    static String html(RunReport report, SortedMap<String, Long> sizesBefore, Path directory) {
        RunPage page = new RunPage(report, sizesBefore, directory);
        page.whole();
        return "<!DOCTYPE html>\n" + page.page + "\n";
    }

    private void whole() {
        String title = report.project().orElse("travis-compile") + ": "
                + report.ended().result().id();
        page.open("html", "lang", "en").open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.element("title", title).element("style", style()).close();
        page.open("body").open("main");
        page.element("h1", title, "class", report.ended().result().id());
        summary();
        legs();
        artifacts();
        warnings();
        page.close().close().close();
    }

    private void summary() {
        Duration took = Duration.between(report.started(), report.ended().at());
        page.element("p", report.ended().message(), "class", "message");
        page.open("dl");
        fact("Began", MOMENT.format(report.started()));
        fact("Took", Elapsed.precisely(took));
        report.run().ifPresent(run -> fact("Run", run.hex()));
        report.pullRequest().ifPresent(pullRequest -> {
            page.element("dt", "Pull request").open("dd");
            link(pullRequest.toString(), pullRequest);
            page.close();
        });
        fact("Plugin", report.pluginVersion());
        page.close();
    }

    private void fact(String name, String value) {
        page.element("dt", name).element("dd", value);
    }

    private void legs() {
        Gantt gantt = Gantt.of(report);
        if (gantt.rows().isEmpty()) {
            return;
        }
        page.element("h2", "Legs");
        gantt.draw(page);
        open("table", "Platform", "Rust target", "Service");
        COLUMNS.forEach(phase -> page.element("th", phase.id(), "scope", "col", "class", Gantt.className(phase)));
        page.element("th", "End", "scope", "col").close().close().open("tbody");
        for (Gantt.Row row : gantt.rows()) {
            LegStatus status = row.status();
            page.open("tr").element("th", status.leg().id(), "scope", "row");
            page.element("td", status.leg().target().triple());
            page.open("td");
            String service = status.leg().service().title();
            status.job().ifPresentOrElse(job -> link(service, job), () -> page.text(service));
            page.close();
            COLUMNS.forEach(phase ->
                    page.element("td", row.in(phase).map(Elapsed::precisely).orElse("–"), "class", "number"));
            page.element("td", status.phase().id()).close();
        }
        page.close().close().close();
        gantt.rows().stream()
                .map(Gantt.Row::status)
                .filter(status -> status.phase() == LegPhase.FAILED)
                .forEach(status ->
                        page.element("h3", status.leg().id() + " failed").element("pre", status.detail()));
    }

    private void artifacts() {
        Optional<Delivered> delivered = report.delivered();
        if (delivered.isEmpty()) {
            return;
        }
        page.element("h2", "Artifacts");
        open("table", "File", "Holds", "Size", "Since the last run", "Needs", "SHA-256");
        page.close().close().open("tbody");
        for (DeliveredPlatform platform : delivered.get().platforms()) {
            String needs =
                    platform.inspection().oldestSystem().map(Object::toString).orElse("–")
                            + (platform.reused() ? ", reused" : "");
            platform.files().forEach(file -> artifact(file, needs));
            platform.papers().forEach(paper -> artifact(paper, "–"));
        }
        delivered.get().together().ifPresent(jar -> artifact(jar, "–"));
        page.close().close().close();
        page.element(
                "p",
                "Files of type intoto.json record the origin of the others, files of type cdx.json their possible"
                        + " contents.");
    }

    private void artifact(DeliveredFile file, String needs) {
        page.open("tr").open("th", "scope", "row");
        page.element("a", file.path().getFileName().toString(), "href", relative(file.path()));
        page.close().element("td", file.holds().isEmpty() ? "–" : String.join(", ", file.holds()));
        page.element("td", file.sizeInWords(), "class", "number");
        page.element("td", change(file), "class", "number");
        page.element("td", needs)
                .open("td", "class", "digest")
                .element("code", file.sha256().hex())
                .close()
                .close();
    }

    private String change(DeliveredFile file) {
        Long before = sizesBefore.get(RunJson.key(file.name()));
        if (before == null) {
            return "new";
        }
        long more = file.size() - before;
        return more == 0
                ? "same"
                : String.format(Locale.ROOT, "%+d B (%+.1f %%)", more, 100.0 * more / Math.max(1, before));
    }

    private void warnings() {
        List<String> warnings = report.of(RunEvent.Warning.class)
                .map(RunEvent.Warning::sentence)
                .distinct()
                .toList();
        if (!warnings.isEmpty()) {
            page.element("h2", "Warnings").open("ul");
            warnings.forEach(warning -> page.element("li", warning));
            page.close();
        }
    }

    /** Opens a table that scrolls in its own box, up to the first row, which the caller closes. */
    private void open(String element, String... columns) {
        page.open("div", "class", "wide", "tabindex", "0")
                .open(element)
                .open("thead")
                .open("tr");
        for (String column : columns) {
            page.element("th", column, "scope", "col");
        }
    }

    /** Links web pages only; any other address stays text. */
    private void link(String text, URI address) {
        if ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) {
            page.element("a", text, "href", address.toString());
        } else {
            page.text(text);
        }
    }

    private String relative(Path file) {
        Path from = directory.toAbsolutePath().normalize();
        Path to = file.toAbsolutePath().normalize();
        // Between two drives of Windows there is no relative path.
        return Objects.equals(from.getRoot(), to.getRoot())
                ? encoded(from.relativize(to))
                : to.toUri().toString();
    }

    private static String encoded(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(name -> {
                    try {
                        return new URI(null, null, "/" + name, null)
                                .toASCIIString()
                                .substring(1);
                    } catch (URISyntaxException e) {
                        throw new IllegalArgumentException("Not a file's name: '" + name + "'.", e);
                    }
                })
                .collect(Collectors.joining("/"));
    }

    private static String style() {
        try (InputStream in = RunPage.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(in, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet cannot be read from the plugin: " + e.getMessage(), e);
        }
    }
}

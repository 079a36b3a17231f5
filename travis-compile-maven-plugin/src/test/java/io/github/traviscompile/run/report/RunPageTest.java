package io.github.traviscompile.run.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunResult;
import io.github.traviscompile.run.reuse.StoredLegs;
import io.github.traviscompile.verify.gate.OldestSystem;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a run, rendered by Chromium. */
class RunPageTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Leg LINUX = StoredLegs.LEG;
    private static final URI JOB = URI.create("https://github.com/alice/builds/actions/runs/7/job/8");
    private static final SortedMap<String, Long> BEFORE = new TreeMap<>(Map.of("linux-x86_64.tar.gz", 4_000L));

    @TempDir
    private Path directory;

    @Test
    void chromiumShowsLegsBarsArtifactsAndWarnings() throws Exception {
        String dom = dom(report(RunResult.DELIVERED, "All platforms were delivered."));
        assertThat(dom).contains("<h1 class=\"delivered\">greet 1.0.0: delivered</h1>");
        assertThat(rows(dom)).hasSize(2 + 3);
        assertThat(count(dom, "<rect class=\"bar queued\"")).isEqualTo(1);
        assertThat(count(dom, "<rect class=\"bar compiling\"")).isEqualTo(1);
        assertThat(dom).contains("<title>compiling 1:00</title>", "<title>uploading 5.0 s</title>");
        assertThat(dom).contains("<a href=\"" + JOB + "\">GitHub Actions</a>");
        assertThat(dom).contains("href=\"../gr%C3%BCn%20%231.tar.gz\"");
        assertThat(dom)
                .contains(
                        "<td class=\"number\">4.9 KiB</td>",
                        "<td class=\"number\">+1000 B (+25.0 %)</td>",
                        "<td class=\"number\">new</td>");
        assertThat(dom).contains("<td>glibc 2.17</td>");
        assertThat(dom).contains("<li>Ice &amp; &lt;b&gt;snow&lt;/b&gt; ahead.</li>");
        assertThat(dom).doesNotContain("<script").doesNotContain("<b>");
    }

    @Test
    void theWholeErrorOfALegThatFailedIsThere() throws Exception {
        String dom = dom(new RunReport(
                "1.0.0",
                List.of(
                        new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LINUX)),
                        moved(1, LegPhase.COMPILING, "greet"),
                        moved(
                                2,
                                LegPhase.FAILED,
                                "\u001b[31merror[E0308]\u001b[0m: mismatched types\n --> src/lib.rs:2:5"),
                        new RunEvent.Ended(NOW.plusSeconds(3), RunResult.FAILED, "linux-x86_64 did not compile."))));
        assertThat(dom).contains("<h1 class=\"failed\">greet 1.0.0: failed</h1>");
        assertThat(dom).contains("<pre>error[E0308]: mismatched types\n --&gt; src/lib.rs:2:5</pre>");
        assertThat(dom).doesNotContain("Artifacts");
    }

    @Test
    void aRunThatNeverHadAPlanSaysWhy() throws Exception {
        RunReport report = new RunReport(
                "1.0.0", List.of(new RunEvent.Ended(NOW, RunResult.FAILED, "There is no Cargo.toml in '/x'.")));
        assertThat(RunPage.html(report, new TreeMap<>(), directory))
                .contains("travis-compile: failed", "There is no Cargo.toml in '/x'.");
    }

    @Test
    void aPageIsWrittenBesideTheRecord() throws Exception {
        Path file = directory.resolve("target/travis-compile/run.json");
        for (String run : List.of("first", "second")) {
            try (RunReportWriter writer = RunReportWriter.open(event -> {}, () -> NOW, file, "1.0.0")) {
                report(RunResult.DELIVERED, run).events().stream()
                        .filter(event -> !(event instanceof RunEvent.Ended))
                        .forEach(writer::onEvent);
                writer.end(RunResult.DELIVERED, run);
            }
            assertThat(file.resolveSibling("report.html"))
                    .content()
                    .contains(run, run.equals("first") ? ">new<" : ">same<");
        }
    }

    /** WCAG 2.2, 1.4.3 and 1.4.11: 4.5 for text, 3 for other meaningful parts. */
    @ParameterizedTest
    @CsvSource({
        "text, page, 4.5",
        "faint, page, 4.5",
        "link, page, 4.5",
        "bad, page, 4.5",
        "good, page, 3",
        "text, band, 4.5",
        "faint, band, 4.5",
        "link, band, 4.5",
        "queued, page, 3",
        "set-up, page, 3",
        "compile, page, 3",
        "upload, page, 3",
        "verify, page, 3"
    })
    void coloursHaveContrastInLightAndDarkMode(String front, String back, double least) throws Exception {
        for (Map<String, String> scheme : schemes()) {
            assertThat(contrast(Objects.requireNonNull(scheme.get(front)), Objects.requireNonNull(scheme.get(back))))
                    .as(front + " on " + back + " in " + scheme)
                    .isGreaterThanOrEqualTo(least);
        }
    }

    private RunReport report(RunResult result, String message) {
        Leg osx = LINUX.on(ActionsProvider.SERVICE);
        return new RunReport(
                "1.0.0",
                List.of(
                        new RunEvent.Planned(NOW, "greet 1.0.0", List.of(osx)),
                        new RunEvent.Warning(NOW, "Ice & <b>snow</b> ahead."),
                        new RunEvent.LegsQueued(
                                NOW, RunId.random(new SecureRandom()), List.of(osx), OptionalInt.of(112)),
                        new RunEvent.PullRequestOpened(NOW, URI.create("https://github.com/alice/builds/pull/1")),
                        new RunEvent.JobSeen(NOW.plusSeconds(20), osx, "in_progress", true, JOB),
                        moved(osx, 30, LegPhase.COMPILING, "serde v1.0.0"),
                        moved(osx, 80, LegPhase.COMPILING, "greet v1.0.0"),
                        moved(osx, 90, LegPhase.UPLOADING, "libgreet.so"),
                        moved(osx, 95, LegPhase.VERIFYING, ""),
                        moved(osx, 96, LegPhase.VERIFIED, ""),
                        new RunEvent.FilesDelivered(NOW.plusSeconds(97), delivered()),
                        new RunEvent.Ended(NOW.plusSeconds(97), result, message)));
    }

    private static RunEvent moved(long second, LegPhase phase, String detail) {
        return moved(LINUX, second, phase, detail);
    }

    private static RunEvent moved(Leg leg, long second, LegPhase phase, String detail) {
        return new RunEvent.LegMoved(NOW.plusSeconds(second), leg, phase, detail, Optional.empty());
    }

    private Delivered delivered() {
        DeliveredFile file = new DeliveredFile(
                new ArtifactName("linux-x86_64", "tar.gz"),
                directory.resolve("target/grün #1.tar.gz"),
                List.of("greet"),
                5_000,
                Sha256.of(new byte[0]));
        DeliveredFile paper = new DeliveredFile(
                new ArtifactName("linux-x86_64", "cdx.json"),
                directory.resolve("target/bom.json"),
                List.of(),
                5,
                file.sha256());
        return new Delivered(
                List.of(new DeliveredPlatform(
                        Platform.LINUX_X86_64,
                        List.of(file),
                        List.of(paper),
                        Duration.ofSeconds(1),
                        false,
                        new Inspection(
                                Optional.of(new OldestSystem(
                                        "glibc", Version.parse("2.17").orElseThrow())),
                                List.of()))),
                Optional.empty());
    }

    /** Returns Chromium's DOM of the page. */
    private String dom(RunReport report) throws Exception {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "needs chromium");
        Path page = directory.resolve("target/travis-compile/report.html");
        RunPage.write(report, BEFORE, page);
        Process process = new ProcessBuilder(
                        chromium.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return dom;
    }

    private static List<String> rows(String dom) {
        return Pattern.compile("<tr>.*?</tr>", Pattern.DOTALL)
                .matcher(dom)
                .results()
                .map(row -> row.group())
                .toList();
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    /** Returns the variables of the style sheet, in light mode and in dark mode. */
    private static List<Map<String, String>> schemes() throws Exception {
        try (InputStream in = RunPage.class.getResourceAsStream("report.css")) {
            String css = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<Map<String, String>> schemes = new ArrayList<>();
            Matcher roots = Pattern.compile(":root \\{[^}]*--page[^}]*}").matcher(css);
            while (roots.find()) {
                Map<String, String> scheme = new HashMap<>();
                Matcher variable =
                        Pattern.compile("--([a-z-]+): (#[0-9a-f]{6})").matcher(roots.group());
                while (variable.find()) {
                    scheme.put(variable.group(1), variable.group(2));
                }
                schemes.add(scheme);
            }
            assertThat(schemes).hasSize(2);
            return schemes;
        }
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String colour) {
        double[] share = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += share[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}

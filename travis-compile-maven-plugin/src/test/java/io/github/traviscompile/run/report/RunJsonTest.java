package io.github.traviscompile.run.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run.json}, validated against the schema that the site publishes. */
public class RunJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final Leg LEG = StoredLegs.LEG;
    private static final URI JOB = URI.create("https://travis-ci.com/alice/builds/jobs/7");

    @TempDir
    private Path directory;

    private final List<RunEvent> passedOn = new ArrayList<>();

    @Test
    void everyKindOfEventFitsTheSchema() throws Exception {
        JsonNode run = record(
                RunResult.DELIVERED,
                new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LEG)),
                new RunEvent.Warning(NOW, "Ice ahead."),
                new RunEvent.Info(NOW, "Pushed."),
                new RunEvent.LegsQueued(NOW, RunId.random(new SecureRandom()), List.of(LEG), OptionalInt.of(112)),
                new RunEvent.PullRequestOpened(NOW, URI.create("https://github.com/alice/builds/pull/1")),
                new RunEvent.JobSeen(NOW, LEG, "created", false, JOB),
                moved(LegPhase.COMPILING, "serde v1.0.0", 37),
                moved(LegPhase.VERIFIED, "", 0),
                new RunEvent.FilesDelivered(NOW, delivered()));
        assertThat(problems(run, "run.schema.json")).isEmpty();
        assertThat(run.get("version").asInt()).isEqualTo(1);
        assertThat(run.get("result").asText()).isEqualTo("delivered");
        assertThat(run.at("/legs/0/phase").asText()).isEqualTo("verified");
        assertThat(run.at("/legs/0/job").asText()).isEqualTo(JOB.toString());
        assertThat(run.at("/artifacts/0/runsFrom").asText()).isEqualTo("glibc 2.17");
        assertThat(run.at("/started").asText()).isEqualTo("2026-11-22T12:00:00.123Z");
    }

    @Test
    void aRunThatFailedSaysWhyAndHasNoArtifacts() throws Exception {
        JsonNode run = record(
                RunResult.FAILED,
                new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LEG)),
                moved(LegPhase.FAILED, "linux-x86_64 did not compile:\nerror: \"no\"", 0));
        assertThat(problems(run, "run.schema.json")).isEmpty();
        assertThat(run.get("message").asText()).isEqualTo("Because.");
        assertThat(run.at("/legs/0/detail").asText()).contains("did not compile:\nerror: \"no\"");
        assertThat(run.get("artifacts")).isEmpty();
    }

    @Test
    void firstAndLastEventOfEachPhaseAreRecordedAndAllArePassedOn() throws Exception {
        RunEvent[] events = new RunEvent[101];
        events[0] = new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LEG));
        for (int i = 1; i <= 100; i++) {
            events[i] = moved(i < 51 ? LegPhase.COMPILING : LegPhase.UPLOADING, "crate", i);
        }
        JsonNode run = record(RunResult.FAILED, events);
        assertThat(run.get("events"))
                .extracting(event -> event.path("done").asInt(-1))
                .containsExactly(-1, 1, 50, 51, 100, -1);
        assertThat(passedOn).hasSize(102);
    }

    @Test
    void aRunThatWasRefusedBeforeItHadAPlanMakesNoDirectories() throws Exception {
        Path file = directory.resolve("target/travis-compile/run.json");
        try (RunReportWriter writer = RunReportWriter.open(passedOn::add, () -> NOW, file, "1")) {
            writer.end(RunResult.FAILED, "There is no such project.");
        }
        assertThat(directory).isEmptyDirectory();
        Files.createDirectory(directory.resolve("target"));
        try (RunReportWriter writer = RunReportWriter.open(passedOn::add, () -> NOW, file, "1")) {
            writer.end(RunResult.FAILED, "There is no such project.");
        }
        assertThat(file).content().contains("There is no such project.");
    }

    @Test
    void anInterruptedThreadWritesAllTheSameAndStaysInterrupted() throws Exception {
        Path file = directory.resolve("target/travis-compile/run.json");
        try (RunReportWriter writer = RunReportWriter.open(passedOn::add, () -> NOW, file, "1")) {
            writer.onEvent(new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LEG)));
            Thread.currentThread().interrupt();
            writer.end(RunResult.INTERRUPTED, "Interrupted.");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(JSON.readTree(Files.readString(file)).get("result").asText()).isEqualTo("interrupted");
    }

    @Test
    void aFileThatCannotBeWrittenIsAWarning() throws Exception {
        Files.writeString(directory.resolve("target"), "in the way");
        try (RunReportWriter writer = RunReportWriter.open(
                passedOn::add, () -> NOW, directory.resolve("target/travis-compile/run.json"), "1")) {
            writer.onEvent(new RunEvent.Planned(NOW, "greet 1.0.0", List.of(LEG)));
            writer.end(RunResult.FAILED, "Because.");
        }
        assertThat(passedOn.get(1))
                .isInstanceOfSatisfying(
                        RunEvent.Warning.class,
                        warning -> assertThat(warning.sentence()).startsWith("The record of the run"));
    }

    /** Any other content of the last run's file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"sizes\": null}",
                "{\"sizes\": [1]}",
                "{\"sizes\": {\"a\": {}}}",
                "{\"sizes\": {\"a\": \"large\"}}",
                "{\"sizes\": {\"a\": 1e999999999999}}",
                "{\"sizes\": {\"a\": 1, \"a\": 2}}"
            })
    void otherFilesHaveNoSizes(String content) throws Exception {
        Path file = directory.resolve("run.json");
        assertThat(RunJson.sizes(file)).isEmpty();
        Files.writeString(file, content);
        assertThat(RunJson.sizes(file)).isEmpty();
        Files.write(file, new byte[] {(byte) 0xff});
        assertThat(RunJson.sizes(file)).isEmpty();
    }

    private JsonNode record(RunResult result, RunEvent... events) throws Exception {
        Path file = directory.resolve("target/travis-compile/run.json");
        try (RunReportWriter writer = RunReportWriter.open(passedOn::add, () -> NOW, file, "1.0.0")) {
            List.of(events).forEach(writer::onEvent);
            writer.end(result, "Because.");
        }
        return JSON.readTree(Files.readString(file));
    }

    private static RunEvent moved(LegPhase phase, String detail, long done) {
        return new RunEvent.LegMoved(NOW, LEG, phase, detail, Optional.of(new RunEvent.StepProgress(done, 0)));
    }

    private static Delivered delivered() {
        DeliveredFile file = new DeliveredFile(
                new ArtifactName("linux-x86_64", "tar.gz"),
                Path.of("/tmp/greet-1-linux-x86_64.tar.gz"),
                List.of("greet"),
                5,
                Sha256.of(new byte[0]));
        DeliveredFile paper = new DeliveredFile(
                new ArtifactName("linux-x86_64", "cdx.json"), Path.of("bom.json"), List.of(), 5, file.sha256());
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
                Optional.of(file));
    }

    /** Returns the problems of a document; properties outside the schema are problems too. */
    public static List<String> problems(JsonNode document, String published) throws Exception {
        JsonNode schema = JSON.readTree(Files.readString(Path.of("../src/site/resources", published)));
        close(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        schema,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build())
                .validate(document)
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(RunJsonTest::close);
    }
}

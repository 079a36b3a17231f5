package io.github.traviscompile.ci.appveyor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.Gson;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file in the commit: as it was read by a person once, and as the schema and the parsers of others read it. */
class AppVeyorFileTest {

    /** The file's shapes by the resources that hold them. */
    private static final Map<String, List<Leg>> SHAPES = Map.of(
            "all-platforms.yml",
            Legs.all(),
            "toolchains.yml",
            List.of(
                    Legs.leg(Platform.LINUX_X86_32, "1.85"),
                    Legs.leg(Platform.WINDOWS_AARCH_64, "nightly-2026-01-01"),
                    Legs.leg(Platform.OSX_AARCH_64, "1.85.0")));

    @TempDir
    Path directory;

    static Stream<String> shapes() {
        return SHAPES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isTheReviewedFile(String shape) throws IOException {
        assertThat(text(shape)).isEqualTo(resource(shape));
    }

    /**
     * The resource is SchemaStore's appveyor.json of its commit 3b6446a of 2026-08-07 (Apache License 2.0), unchanged. It
     * wants the word {@code off} for {@code deploy}, which parsers of YAML 1.1 do not give it.
     */
    @ParameterizedTest
    @MethodSource("shapes")
    void isWhatTheSchemaSays(String shape) throws IOException {
        ObjectNode tree = new ObjectMapper().valueToTree(tree(text(shape)));
        assertThat(tree.path("deploy").isBoolean()).isTrue();
        tree.put("deploy", "off");
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(resource("appveyor-schema.json"));
        assertThat(schema.validate(tree)).isEmpty();
        for (JsonNode job : tree.path("for")) {
            // The schema knows no "for", which holds for the jobs that its matrix names.
            ObjectNode alone = job.deepCopy();
            alone.remove("matrix");
            assertThat(schema.validate(alone)).isEmpty();
        }
        assertThat(schema.validate(tree.deepCopy().put("skip_tags", "yes")))
                .as("the schema judges")
                .isNotEmpty();
    }

    /** What only the plugin's own emitter turns into the same string for all. */
    @ParameterizedTest
    @MethodSource("shapes")
    void isTheSameToEveryParser(String shape) throws Exception {
        Path file = Files.writeString(directory.resolve("appveyor.yml"), text(shape));
        Object ours = new Gson().fromJson(new Gson().toJson(tree(text(shape))), Object.class);
        for (List<String> reader : List.of(
                List.of("python3", "-c", "import json,sys,yaml\nprint(json.dumps(yaml.safe_load(sys.stdin)))"),
                List.of("ruby", "-rjson", "-rpsych", "-e", "puts JSON.generate(Psych.safe_load(STDIN.read))"))) {
            assertThat(read(reader, file)).as(reader.get(0)).isEqualTo(ours);
        }
    }

    /** Whoever rewrites these scripts should know that nothing of a run but names from short lists reaches a shell. */
    @Test
    void holdsNoValueThatAShellCouldTakeApart() {
        for (Object job :
                (List<?>) Objects.requireNonNull(tree(text("all-platforms.yml")).get("for"))) {
            Map<?, ?> environment = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) job).get("environment"));
            assertThat(environment.keySet().stream().map(Object::toString))
                    .containsExactlyInAnyOrder("TCMP_KEY", "TCMP_URL");
        }
        assertThatThrownBy(() -> Legs.leg(Platform.WINDOWS_X86_64, "1.85&calc"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/.*/", "a b", "-x", "a\nb", "$x", "a\\b", "é"})
    void refusesBranchesThatAreNotOurs(String branch) {
        List<AppVeyorLeg> legs = List.of(new AppVeyorLeg(Legs.leg(Platform.LINUX_X86_64), new TreeMap<>()));
        assertThatThrownBy(() -> AppVeyorFile.of(branch, legs)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatItCannotBuild() {
        assertThatThrownBy(() -> AppVeyorFile.of(Legs.BRANCH, List.of())).isInstanceOf(IllegalArgumentException.class);
        Leg musl = Legs.leg(Platform.LINUX_X86_64_MUSL);
        assertThatThrownBy(() -> Legs.file(List.of(musl))).hasMessageContaining("linux-x86_64-musl");
    }

    @Test
    void refusesSecureValuesThatAreNotBase64() {
        assertThatThrownBy(() ->
                        new AppVeyorLeg(Legs.leg(Platform.LINUX_X86_64), new TreeMap<>(Map.of("TCMP_KEY", "a\n  - b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("- b");
    }

    private Object read(List<String> command, Path file) throws Exception {
        Path errors = directory.resolve("errors");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(file.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue("true".equals(System.getenv("CI")), command.get(0) + " is not on this machine");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean missing = process.waitFor() != 0 && Files.readString(errors).contains("No module named 'yaml'");
        assumeTrue(!missing || "true".equals(System.getenv("CI")), "PyYAML is not on this machine");
        assertThat(errors).isEmptyFile();
        return new Gson().fromJson(output, Object.class);
    }

    private static Map<?, ?> tree(String text) {
        return (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static String text(String shape) {
        return new String(Legs.file(Objects.requireNonNull(SHAPES.get(shape))), StandardCharsets.UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AppVeyorFileTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

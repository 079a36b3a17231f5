package io.github.traviscompile.ci.appveyor;

import static io.github.traviscompile.ci.CommittedFile.reviewed;
import static io.github.traviscompile.ci.CommittedFile.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.traviscompile.ci.CommittedFile;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** The file in the commit: as it was read by a person once, and as the schema and the parsers of others read it. */
class AppVeyorFileTest {

    /** The file's shapes by the resources that hold them. */
    private static final Map<String, List<Leg>> SHAPES = Map.of(
            "all-platforms.yml",
            Legs.APPVEYOR.all(),
            "toolchains.yml",
            List.of(
                    Legs.APPVEYOR.leg(Platform.LINUX_X86_32, "1.85"),
                    Legs.APPVEYOR.leg(Platform.WINDOWS_AARCH_64, "nightly-2026-01-01"),
                    Legs.APPVEYOR.leg(Platform.OSX_AARCH_64, "1.85.0")));

    @TempDir
    Path directory;

    static Stream<String> shapes() {
        return SHAPES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isTheReviewedFile(String shape) throws IOException {
        assertThat(text(shape)).isEqualTo(reviewed(AppVeyorFileTest.class, shape));
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
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(reviewed(AppVeyorFileTest.class, "appveyor-schema.json"));
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
        CommittedFile.assertOthersRead(directory, List.of(text(shape)), List.of(tree(text(shape))));
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
        assertThatThrownBy(() -> Legs.APPVEYOR.leg(Platform.WINDOWS_X86_64, "1.85&calc"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/.*/", "a b", "-x", "a\nb", "$x", "a\\b", "é"})
    void refusesBranchesThatAreNotOurs(String branch) {
        List<AppVeyorLeg> legs = List.of(new AppVeyorLeg(Legs.APPVEYOR.leg(Platform.LINUX_X86_64), new TreeMap<>()));
        assertThatThrownBy(() -> AppVeyorFile.of(branch, legs)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatItCannotBuild() {
        assertThatThrownBy(() -> AppVeyorFile.of(Legs.BRANCH, List.of())).isInstanceOf(IllegalArgumentException.class);
        Leg musl = Legs.APPVEYOR.leg(Platform.LINUX_X86_64_MUSL);
        assertThatThrownBy(() -> file(List.of(musl))).hasMessageContaining("linux-x86_64-musl");
    }

    @Test
    void refusesSecureValuesThatAreNotBase64() {
        assertThatThrownBy(() -> new AppVeyorLeg(
                        Legs.APPVEYOR.leg(Platform.LINUX_X86_64), new TreeMap<>(Map.of("TCMP_KEY", "a\n  - b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("- b");
    }

    /** With secrets that nobody can decrypt. */
    static byte[] file(List<Leg> legs) {
        TreeMap<String, String> secure = new TreeMap<>(Map.of("TCMP_KEY", "a2V5IG9mIHRoZSBsZWc=", "TCMP_URL", "dXJs"));
        return AppVeyorFile.of(
                Legs.BRANCH,
                legs.stream().map(leg -> new AppVeyorLeg(leg, secure)).toList());
    }

    private static String text(String shape) {
        return new String(file(Objects.requireNonNull(SHAPES.get(shape))), StandardCharsets.UTF_8);
    }
}

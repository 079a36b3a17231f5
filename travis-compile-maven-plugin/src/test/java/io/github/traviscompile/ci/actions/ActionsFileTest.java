package io.github.traviscompile.ci.actions;

import static io.github.traviscompile.ci.CommittedFile.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.traviscompile.ci.CommittedFile;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.TransportKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The workflow in the commit: as it was read by a person once, by SchemaStore's description of workflows
 * (github-workflow.json, Apache-2.0), by actionlint and by GitHub's own parser.
 */
class ActionsFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Leg> ALL = Legs.ACTIONS.all();

    @TempDir
    Path directory;

    @Test
    void isTheReviewedFileForAllPlatforms() throws IOException {
        assertThat(text(ALL)).isEqualTo(resource("all-platforms.yml"));
    }

    @Test
    void isTheReviewedFileForOneLeg() throws IOException {
        assertThat(text(List.of(Legs.ACTIONS.leg(Platform.LINUX_X86_64)))).isEqualTo(resource("one-leg.yml"));
    }

    @Test
    void isTheReviewedFileForArtifacts() throws IOException {
        assertThat(text(
                        List.of(Legs.ACTIONS.leg(Platform.LINUX_X86_64), Legs.ACTIONS.leg(Platform.WINDOWS_X86_64)),
                        TransportKind.ARTIFACTS))
                .isEqualTo(resource("artifacts.yml"));
    }

    @Test
    void isAWorkflowByItsSchema() throws Exception {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(resource("github-workflow.json"));
        for (List<Leg> legs : List.of(ALL, List.of(Legs.ACTIONS.leg(Platform.OSX_AARCH_64)))) {
            assertThat(schema.validate(JSON.valueToTree(tree(text(legs))))).isEmpty();
        }
        assertThat(schema.validate(JSON.valueToTree(tree(text(ALL, TransportKind.ARTIFACTS)))))
                .isEmpty();
        Object broken = tree(text(ALL).replace("runs-on:", "runs-at:"));
        assertThat(schema.validate(JSON.valueToTree(broken))).isNotEmpty();
    }

    @Test
    void passesActionlintAndGitHubsOwnParser() throws Exception {
        @Nullable String judges = System.getenv("WORKFLOW_JUDGES");
        assumeTrue(judges != null, "the judges of workflows are not on this machine (.ci/workflow-judges.sh)");
        Path all = Files.writeString(directory.resolve("all.yml"), text(ALL));
        Path one = Files.writeString(
                directory.resolve("one.yml"), text(List.of(Legs.ACTIONS.leg(Platform.WINDOWS_X86_32_GNU))));
        Path artifacts = Files.writeString(directory.resolve("artifacts.yml"), text(ALL, TransportKind.ARTIFACTS));
        assertThat(complaints(judges, all, one, artifacts)).isEmpty();
        Path broken = Files.writeString(
                directory.resolve("broken.yml"),
                text(ALL).replace("    steps:", "    stages:").replace("\"on\":", "\"when\":"));
        assertThat(complaints(judges, broken)).contains("actionlint", "GitHub's parser");
    }

    @Test
    void hasOneJobForEachLegOfItsNameAndNothingElse() {
        Map<?, ?> root = tree(text(ALL));
        assertThat(root.keySet().stream().map(Object::toString)).containsExactly("name", "on", "permissions", "jobs");
        assertThat(root.get("on")).isEqualTo(Map.of("push", Map.of("branches", List.of(Legs.BRANCH))));
        assertThat(root.get("permissions")).isEqualTo(Map.of("contents", "read", "id-token", "write"));
        Map<?, ?> jobs = (Map<?, ?>) Objects.requireNonNull(root.get("jobs"));
        assertThat(jobs.keySet().stream().map(Object::toString))
                .containsExactlyElementsOf(ALL.stream().map(Leg::id).toList());
        jobs.forEach((id, job) -> assertThat(((Map<?, ?>) job).get("name")).isEqualTo(id));
    }

    /** Of foreign code only what a commit names; and no expression, by which a value could become code. */
    @Test
    void pinsEveryActionAndHoldsNoExpression() {
        String text = text(ALL);
        assertThat(text).doesNotContain("${{").doesNotContain("secrets.").doesNotContain("curl");
        assertThat(text.lines().filter(line -> line.contains("uses:")))
                .hasSize(ALL.size())
                .allMatch(line -> line.matches(" *- uses: \"actions/checkout@[0-9a-f]{40}\""));
        assertThat(text.lines().filter(line -> line.contains("persist-credentials: false")))
                .hasSize(ALL.size());
    }

    /** Whoever asks for no token of GitHub's cannot lose one. */
    @Test
    void artifactsNeedNoRightButToReadAndArePinned() {
        String text = text(ALL, TransportKind.ARTIFACTS);
        assertThat(tree(text).get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(text).doesNotContain("${{").doesNotContain("secrets.").doesNotContain("curl");
        assertThat(text.lines().filter(line -> line.contains("uses:")))
                .hasSize(2 * ALL.size())
                .allMatch(line -> line.matches(" *- uses: \"actions/(checkout|upload-artifact)@[0-9a-f]{40}\""));
        assertThat(text.lines().filter(line -> line.contains("retention-days: 1")))
                .hasSize(ALL.size());
    }

    @Test
    void namesOnlyRunnersOfTheTable() {
        Set<String> labels = Set.of("ubuntu-22.04", "ubuntu-22.04-arm", "macos-15", "windows-2022");
        assertThat(text(ALL)
                        .lines()
                        .filter(line -> line.contains("runs-on:"))
                        .map(line -> line.replaceFirst(".*\"(.*)\".*", "$1")))
                .hasSize(ALL.size())
                .allMatch(labels::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*", "**", "!a", "a b", "-x", "a\nb", "${{ x }}", "a\"b", "a+", "[a]", "é", "a?"})
    void refusesBranchesThatCouldMeanOthers(String branch) {
        assertThatThrownBy(() -> ActionsFile.of(branch, ALL, TransportKind.TUNNEL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToBuildNothingOrWhatItCannot() {
        assertThatThrownBy(() -> ActionsFile.of(Legs.BRANCH, List.of(), TransportKind.TUNNEL))
                .isInstanceOf(IllegalArgumentException.class);
        List<Leg> legs = List.of(Legs.ACTIONS.leg(Platform.OSX_X86_32));
        assertThatThrownBy(() -> ActionsFile.of(Legs.BRANCH, legs, TransportKind.TUNNEL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String complaints(String judges, Path... files) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", judges));
        for (Path file : files) {
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String resource(String name) throws IOException {
        return CommittedFile.reviewed(ActionsFileTest.class, name);
    }

    private static String text(List<Leg> legs) {
        return text(legs, TransportKind.TUNNEL);
    }

    private static String text(List<Leg> legs, TransportKind transport) {
        return new String(ActionsFile.of(Legs.BRANCH, legs, transport), StandardCharsets.UTF_8);
    }
}

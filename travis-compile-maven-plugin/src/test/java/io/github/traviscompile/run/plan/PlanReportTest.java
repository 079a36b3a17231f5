package io.github.traviscompile.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.run.HostedRun;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.run.report.RunJsonTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan as a document, held to the schema that the site publishes, and told by the same values as its lines. */
class PlanReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private HostedRun run;

    @BeforeEach
    void write() throws Exception {
        run = HostedRun.planned(directory);
        Path project = directory.resolve("project");
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("Cargo.toml"), """
                [package]
                name = "greet"
                version = "0.1.0"
                edition = "2018"
                """);
        Files.writeString(project.resolve("Cargo.lock"), """
                version = 3

                [[package]]
                name = "greet"
                version = "0.1.0"

                [[package]]
                name = "strange-sys"
                version = "1.0.0"
                """);
        Files.writeString(project.resolve("src/main.rs"), "fn main() {}\n");
    }

    @Test
    void allThatTheLinesSayIsInTheDocument() throws Exception {
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "osx-universal2");
        run.glibc = Optional.of("2.17");
        run.own = Map.of("linux-x86_64", PlatformOverride.NOTHING.withToolchain("1.85.0"));
        PlanReport preview = PlanReport.of(run.request(), true);
        JsonNode plan = JSON.readTree(preview.json());
        assertThat(problems(plan)).isEmpty();
        assertThat(preview.json()).endsWith("}\n");
        assertThat(plan.get("project").asText()).isEqualTo(preview.project().toString());
        assertThat(plan.at("/packages/0/name").asText()).isEqualTo("greet");
        assertThat(plan.at("/snapshot/count").asInt()).isEqualTo(3);
        assertThat(plan.at("/snapshot/files"))
                .extracting(file -> file.get("path").asText())
                .containsExactly("Cargo.lock", "Cargo.toml", "src/main.rs");
        assertThat(plan.at("/delivery/way").asText()).isEqualTo("tunnel");
        JsonNode linux = plan.at("/legs/0");
        assertThat(linux.get("service").asText()).isEqualTo("travis");
        assertThat(linux.get("toolchain").asText()).isEqualTo("1.85.0");
        assertThat(linux.get("substitutes")).extracting(JsonNode::asText).containsExactly("github-actions");
        assertThat(linux.get("cargo"))
                .extracting(JsonNode::asText)
                .startsWith("zigbuild", "--target", "x86_64-unknown-linux-gnu.2.17");
        assertThat(linux.get("artifacts"))
                .extracting(JsonNode::asText)
                .containsExactly("greet-0.1.0-linux-x86_64.tar.gz");
        assertThat(plan.at("/legs/1/artifacts")).isEmpty();
        assertThat(plan.at("/merged/0/parts"))
                .extracting(JsonNode::asText)
                .containsExactly("osx-x86_64", "osx-aarch_64");
        assertThat(plan.at("/merged/0/artifacts/0").asText()).isEqualTo("greet-0.1.0-osx-universal2.tar.gz");
        assertThat(plan.get("warnings"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(preview.warnings())
                .anyMatch(warning -> warning.contains("strange-sys"));

        run.accounts = Set.of(ActionsProvider.SERVICE);
        plan = JSON.readTree(PlanReport.of(run.request(), true).json());
        assertThat(problems(plan)).isEmpty();
        assertThat(plan.at("/legs/0/reason").asText()).isEqualTo("no token for Travis CI");
    }

    @Test
    void aLocalPlanHasNoDeliveryAndListsNoFilesUnlessAsked() throws Exception {
        run.ci = "local";
        JsonNode plan = JSON.readTree(PlanReport.of(run.request(), false).json());
        assertThat(problems(plan)).isEmpty();
        assertThat(plan.has("delivery")).isFalse();
        assertThat(plan.has("toolchain")).as("the environment has none").isFalse();
        assertThat(plan.at("/snapshot").has("files")).isFalse();
        assertThat(plan.at("/legs/0/service").asText()).isEqualTo("local");
        run.environment = System.getenv();
        plan = JSON.readTree(PlanReport.of(run.request(), false).json());
        assertThat(problems(plan)).isEmpty();
        assertThat(plan.at("/toolchain/release").asText()).matches("1\\.[0-9]+\\.[0-9]+.*");
    }

    @Test
    void whatOthersCompileNeedsNoCompilerHere() throws Exception {
        run.platforms = List.of("linux-x86_64", "windows-x86_64");
        for (Map<String, String> environment : List.of(Map.<String, String>of(), System.getenv())) {
            run.environment = environment;
            PlanReport preview = PlanReport.of(run.request(), false);
            assertThat(preview.warnings()).singleElement().asString().contains("strange-sys");
            assertThat(preview.lines()).noneMatch(line -> line.startsWith("Toolchain"));
        }
    }

    private static List<String> problems(JsonNode plan) throws Exception {
        return RunJsonTest.problems(plan, "plan.schema.json");
    }
}

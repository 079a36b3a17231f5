package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.api.OutputFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.eclipse.aether.DefaultSessionData;
import org.eclipse.aether.SessionData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends up in the file of {@code outputFile}, and that no goal of a build replaces another one's. */
class GoalOutputTest {

    @TempDir
    Path directory;

    @Test
    void theFileHoldsTheDocumentAndNothingElse() throws Exception {
        Path file = directory.resolve("made/for it/plan.json");
        new GoalOutput("plan", true, Optional.of(OutputFile.at(file.toFile())))
                .show(() -> "{}\n", List.of("a line"), List.of("Beware."), new SystemStreamLog());
        assertThat(file).hasContent("{}\n");
    }

    @Test
    void theFileHoldsLinesThenWarnings() throws Exception {
        Path file = directory.resolve("plan.txt");
        new GoalOutput("plan", false, Optional.of(OutputFile.at(file.toFile())))
                .show(() -> "{}\n", List.of("→ one", "two"), List.of("Beware."), new SystemStreamLog());
        assertThat(Files.readString(file)).isEqualTo("→ one\ntwo\nWarning: Beware.\n");
    }

    @Test
    void aSecondWriterOfABuildIsRefused() throws Exception {
        SessionData build = new DefaultSessionData();
        OutputFile file = OutputFile.at(directory.resolve("plan.json").toFile());
        GoalOutput.reserve(file, "plan (default-cli) of one", build);
        GoalOutput.reserve(file, "plan (default-cli) of one", build);
        GoalOutput.reserve(OutputFile.at(directory.resolve("other.json").toFile()), "plan (default-cli) of two", build);
        OutputFile same = OutputFile.at(directory.resolve("two/../plan.json").toFile());
        assertThatThrownBy(() -> GoalOutput.reserve(same, "plan (default-cli) of two", build))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The goal plan (default-cli) of two would replace '" + file.path()
                        + "', which the goal plan (default-cli) of one writes in the same build. Give each a file of its"
                        + " own by <outputFile> (-Dtravis-compile.outputFile): a relative path starts at each module's"
                        + " directory.");
    }
}

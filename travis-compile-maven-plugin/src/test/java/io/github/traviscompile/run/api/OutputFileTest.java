package io.github.traviscompile.run.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    private static final String REMEDY = "Name a file in a folder that you may write to with <outputFile>"
            + " (-Dtravis-compile.outputFile), or leave the parameter out.";

    @TempDir
    Path directory;

    @Test
    void createsFoldersAndReplacesWhatIsThere() throws Exception {
        Path file = directory.resolve("a/b/plan.json");
        OutputFile output = OutputFile.at(file.toFile());
        output.write("{\"of\": \"Zoë\"}\n");
        output.write("{}\n");
        assertThat(Files.readString(file)).isEqualTo("{}\n");
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> OutputFile.at(directory.toFile()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The result cannot be written to '" + directory + "', which is a directory. " + REMEDY);
    }

    /** As root, a file in place of the device would take it from every program. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void refusesADevice() {
        assertThatThrownBy(() -> OutputFile.at(new File("/dev/null")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The result cannot be written to '/dev/null', which is no regular file. " + REMEDY);
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatThrownBy(() -> OutputFile.at(new File("plan\0.json")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("which is no path here: ")
                .hasMessageEndingWith(REMEDY);
    }

    @Test
    void saysWhyTheFileSystemRefuses() throws Exception {
        Files.writeString(directory.resolve("file"), "kept");
        OutputFile output = OutputFile.at(directory.resolve("file/plan.json").toFile());
        assertThatThrownBy(() -> output.write("{}"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith(
                        "The result cannot be written to '" + directory.resolve("file/plan.json") + "': ")
                .hasMessageEndingWith(". " + REMEDY);
        assertThat(directory.resolve("file")).hasContent("kept");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void replacesWhatALinkLeadsTo() throws Exception {
        Path real = Files.writeString(directory.resolve("real.json"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), real);
        OutputFile.at(link.toFile()).write("new");
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }
}

package io.github.traviscompile.run.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.api.Constraints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerificationTest {

    @TempDir
    Path directory;

    @Test
    void missingFilesAreNamedBeforeAnyIsChecked() {
        Path absent = directory.resolve("absent.so");
        assertRefused(
                List.of(absent, directory),
                Optional.empty(),
                "These entries of <files> (-Dtravis-compile.files) are not files: '" + absent + "', '" + directory
                        + "'. Name the files to verify, separated by commas.");
        assertRefused(
                List.of(),
                Optional.empty(),
                "No files are named in <files> (-Dtravis-compile.files). Name the files to verify, separated by"
                        + " commas.");
    }

    @Test
    void aWheelIsCheckedAsAWheel() throws Exception {
        Path wheel = Files.writeString(directory.resolve("greet-1.0-py3-none-any.whl"), "no zip");
        assertThat(new FileVerification(List.of(wheel), Optional.empty(), Constraints.NONE).inspect())
                .singleElement()
                .satisfies(
                        file -> assertThat(file.errors()).singleElement(STRING).contains("greet-1.0-py3-none-any.whl"));
    }

    @Test
    void anUnknownPlatformIsRefused() {
        assertThatThrownBy(() -> new FileVerification(List.of(directory), Optional.of("linux-x86-64"), Constraints.NONE)
                        .inspect())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith(
                        "The platform 'linux-x86-64' in <platform> (-Dtravis-compile.platform) is neither a"
                                + " platform nor the Rust target of one. Did you mean 'linux-x86_64'? Known are: ");
    }

    private static void assertRefused(List<Path> files, Optional<String> platform, String sentence) {
        assertThatThrownBy(() -> new FileVerification(files, platform, Constraints.NONE).inspect())
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(sentence);
    }
}

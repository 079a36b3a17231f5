package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.platform.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrateDocumentsTest {

    @TempDir
    Path temp;

    @Test
    void licencesAndReadmesAreTakenAndNothingElse() throws Exception {
        for (String name : List.of("LICENSE-MIT", "LICENSE-APACHE", "Licence.txt", "COPYING", "NOTICE", "readme.md")) {
            Files.writeString(temp.resolve(name), name);
        }
        for (String name : List.of("Cargo.toml", "licenses.rs", "READMEX", "src.md", "my-README.md", "README~")) {
            Files.writeString(temp.resolve(name), name);
        }
        Files.createDirectory(temp.resolve("LICENSE"));

        assertThat(CrateDocuments.in(List.of(temp)))
                .allMatch(file -> !file.executable())
                .extracting(ArchiveFile::name)
                .containsExactly("COPYING", "Licence.txt", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "readme.md");
    }

    @Test
    void theFirstFolderThatHasANameWins() throws Exception {
        Path crate = Files.createDirectory(temp.resolve("crate"));
        Files.writeString(crate.resolve("Readme.md"), "of the crate");
        Files.writeString(temp.resolve("README.md"), "of the workspace");
        Files.writeString(temp.resolve("LICENSE"), "of the workspace");

        assertThat(CrateDocuments.in(List.of(crate, temp)))
                .extracting(ArchiveFile::content)
                .containsExactly(temp.resolve("LICENSE"), crate.resolve("Readme.md"));
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path gone = temp.resolve("gone");
        assertThatThrownBy(() -> CrateDocuments.in(List.of(gone)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll(gone.toString(), "no such file");
    }
}

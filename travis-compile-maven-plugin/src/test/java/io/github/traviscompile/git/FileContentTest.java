package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests changes to a file between its listing and its reading. */
class FileContentTest {

    @TempDir
    private Path directory;

    private Path file;
    private FileContent listed;

    @BeforeEach
    void listOneFile() throws Exception {
        Path root = Files.createDirectories(directory.toRealPath().resolve("tree"));
        Path home = directory.resolve("home");
        file = Files.writeString(root.resolve("lib.rs"), "fn main() {}\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        listed = new FileContent(WorkingTree.list(SnapshotRequest.of(root), new UserExcludes(home, home))
                .files()
                .get(0));
    }

    @Test
    void anUntouchedFileIsRead() throws Exception {
        assertThat(listed.whole(Optional.empty())).asString().isEqualTo("fn main() {}\n");
    }

    @Test
    void reportsAFileThatDisappears() throws Exception {
        Files.delete(file);
        refused("disappeared", () -> listed.whole(Optional.empty()));
        refused("disappeared", () -> listed.id(Optional.empty()));
    }

    @Test
    void reportsAFileThatGrowsShrinksOrIsRewritten() throws Exception {
        for (String content : new String[] {"fn main() { grown(); }\n", "", "fn niam() {}\n"}) {
            Files.writeString(file, content);
            refused("changed", () -> listed.whole(Optional.empty()));
            refused("changed", () -> listed.id(Optional.empty()));
        }
    }

    @Test
    void aFileThatBecomesALinkIsNotFollowed() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "fn main() {}\n");
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        refused("changed", () -> listed.whole(Optional.empty()));
    }

    private static void refused(String what, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("The file 'lib.rs' " + what + " while the snapshot was taken")
                .hasMessageContaining("<excludes> (-Dtravis-compile.excludes)");
    }
}

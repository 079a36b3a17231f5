package io.github.traviscompile.ci.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in the conventions of each system. */
class SearchPathTest {

    @TempDir
    private Path directory;

    @Test
    void theFirstFolderThatHasTheCommandWins() throws Exception {
        Path second = executable("b/cargo");
        executable("c/cargo");
        Files.createDirectories(directory.resolve("a/cargo"));
        assertThat(SearchPath.of(Map.of("PATH", joined("a", "", "b", "c"))).find("cargo"))
                .contains(second);
    }

    @Test
    void windowsSpellsItPathAndItsCommandsEndWithExe() throws Exception {
        Path curl = executable("System32/curl.exe");
        SearchPath path = SearchPath.of(Map.of("Path", joined("System32"), "SystemRoot", "C:\\Windows"));
        assertThat(path.find("curl")).contains(curl);
        assertThat(path.inWords()).isEqualTo(directory.resolve("System32").toString());
    }

    @Test
    void onWindowsTheBashIsThatOfGit() throws Exception {
        executable("System32/bash.exe");
        executable("Git/cmd/git.exe");
        SearchPath path = SearchPath.of(Map.of("Path", joined("System32", "Git/cmd"), "SystemRoot", "C:\\Windows"));
        assertThat(path.findBash()).isEmpty();
        Path bash = executable("Git/bin/bash.exe");
        assertThat(path.findBash()).contains(bash);
    }

    @Test
    void elsewhereItIsTheFirstOne() throws Exception {
        Path bash = executable("bin/bash");
        assertThat(SearchPath.of(Map.of("PATH", joined("bin"))).findBash()).contains(bash);
    }

    private String joined(String... folders) {
        StringBuilder path = new StringBuilder();
        for (String folder : folders) {
            path.append(path.isEmpty() ? "" : File.pathSeparator)
                    .append(folder.isEmpty() ? "" : directory.resolve(folder));
        }
        return path.toString();
    }

    private Path executable(String name) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.platform.CrossCompileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Python side of a project, from {@code pyproject.toml} (Python Packaging User Guide, "pyproject.toml
 * specification").
 *
 * @param buildBackend {@code build-system.build-backend}, for example {@code maturin}
 * @param projectName {@code project.name}
 */
public record PyProject(Path file, Optional<String> buildBackend, Optional<String> projectName) {

    /** What {@code pyproject.toml} in {@code directory} says, where there is one. */
    static Optional<PyProject> read(Path directory) throws CrossCompileException {
        Path file = directory.resolve("pyproject.toml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Table table = TomlDocument.read(file);
        return Optional.of(new PyProject(
                file,
                table.table("build-system").string("build-backend"),
                table.table("project").string("name")));
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WheelBuild.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Python side of a project, from {@code pyproject.toml} (Python Packaging User Guide, "pyproject.toml
 * specification").
 *
 * @param buildBackend {@code build-system.build-backend}, for example {@code maturin}
 * @param requires {@code build-system.requires}, what the backend needs
 * @param projectName {@code project.name}
 * @param projectVersion {@code project.version}; absent where the backend knows it
 */
public record PyProject(
        Path file,
        Optional<String> buildBackend,
        List<String> requires,
        Optional<String> projectName,
        Optional<String> projectVersion) {

    public PyProject {
        requires = List.copyOf(requires);
    }

    /** What {@code pyproject.toml} in {@code directory} says, where there is one. */
    static Optional<PyProject> read(Path directory) throws CrossCompileException {
        Path file = directory.resolve("pyproject.toml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        TypedTable table = TomlDocument.read(file);
        TypedTable system = table.table("build-system");
        TypedTable project = table.table("project");
        return Optional.of(new PyProject(
                file,
                system.string("build-backend"),
                system.strings("requires").orElse(List.of()),
                project.string("name"),
                project.string("version")));
    }

    /** What compiles Rust for this project, where anything does that is known. */
    public Optional<Backend> rustBackend() {
        if (buildBackend.equals(Optional.of("maturin"))) {
            return Optional.of(Backend.MATURIN);
        }
        return requires.stream().anyMatch(PyProject::isSetuptoolsRust)
                ? Optional.of(Backend.SETUPTOOLS_RUST)
                : Optional.empty();
    }

    /** By the name before a version and the like (PEP 508), in its normal form. */
    private static boolean isSetuptoolsRust(String requirement) {
        String name = requirement.strip().replaceFirst("[^A-Za-z0-9._-].*", "");
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT).equals("setuptools-rust");
    }
}

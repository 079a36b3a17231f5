package io.github.traviscompile.cargo;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WheelBuild.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Python part of a project, from {@code pyproject.toml} (Python Packaging User Guide, "pyproject.toml
 * specification").
 *
 * @param buildBackend {@code build-system.build-backend}, for example {@code maturin}
 * @param requires {@code build-system.requires}, the backend's requirements
 * @param projectName {@code project.name}
 * @param projectVersion {@code project.version}; absent if the backend determines it
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

    /** Reads {@code pyproject.toml} in {@code directory}, if there is one. */
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

    /** Returns the known backend that compiles Rust for this project, if any. */
    public Optional<Backend> rustBackend() {
        if (buildBackend.equals(Optional.of("maturin"))) {
            return Optional.of(Backend.MATURIN);
        }
        return requires.stream().anyMatch(PyProject::isSetuptoolsRust)
                ? Optional.of(Backend.SETUPTOOLS_RUST)
                : Optional.empty();
    }

    /** Compares the normalised name before a version and other parts (PEP 508). */
    private static boolean isSetuptoolsRust(String requirement) {
        String name = requirement.strip().replaceFirst("[^A-Za-z0-9._-].*", "");
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT).equals("setuptools-rust");
    }
}

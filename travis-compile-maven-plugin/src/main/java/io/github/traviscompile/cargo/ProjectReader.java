package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Assembles a project from its workspace and its root's other settings. */
final class ProjectReader {

    private ProjectReader() {}

    /** @param location a directory with a Cargo.toml, or that file */
    static CargoProject read(Path location) throws CrossCompileException {
        WorkspaceReader reader = WorkspaceReader.read(manifestAt(location));
        Path root = reader.root().directory();
        Optional<CargoPackage> rootPackage =
                Optional.ofNullable(reader.members().get(reader.root().file()));
        return new CargoProject(
                root,
                rootPackage.map(CargoPackage::name),
                List.copyOf(reader.members().values()),
                reader.defaultPackages(),
                reader.isUndecided(),
                resolver(reader.root(), rootPackage),
                profiles(reader.root()),
                RustToolchain.read(root),
                Files.isRegularFile(root.resolve("Cargo.lock")),
                pathDependencies(reader));
    }

    private static Path manifestAt(Path location) throws CrossCompileException {
        Path file = location.endsWith(Manifest.NAME) ? location : location.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file)) {
            throw new ActionNeededException("There is no Cargo.toml at " + location + ". Point "
                    + Parameter.CARGO_PROJECT + " to the directory of a Cargo project.");
        }
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
            return directory.toRealPath().resolve(Manifest.NAME);
        } catch (IOException e) {
            throw new WorkFailedException(
                    "Could not resolve " + location + ": " + e + ". Check that it is readable.", e);
        }
    }

    private static String resolver(Manifest root, Optional<CargoPackage> rootPackage) throws ActionNeededException {
        Optional<String> named = root.packageTable().string("resolver");
        if (named.isEmpty()) {
            named = root.workspace().string("resolver");
        }
        return named.orElseGet(() -> {
            String edition = rootPackage.map(CargoPackage::edition).orElse("2015");
            return edition.compareTo("2024") >= 0 ? "3" : edition.equals("2021") ? "2" : "1";
        });
    }

    /** Returns the built-in profiles, and those of the root manifest and of the configuration beside it. */
    private static SortedSet<String> profiles(Manifest root) throws CrossCompileException {
        SortedSet<String> profiles = new TreeSet<>(List.of("dev", "release", "test", "bench"));
        profiles.addAll(root.toml().table("profile").keys());
        for (String name : List.of("config", "config.toml")) {
            Path configuration = root.directory().resolve(".cargo").resolve(name);
            if (Files.isRegularFile(configuration)) {
                profiles.addAll(
                        TomlDocument.read(configuration).table("profile").keys());
            }
        }
        return profiles;
    }

    private static List<PathDependency> pathDependencies(WorkspaceReader reader) throws ActionNeededException {
        List<PathDependency> found = new ArrayList<>();
        for (Map<Path, CargoPackage> packages : List.of(reader.members(), reader.others())) {
            packages.forEach((file, owner) -> owner.dependencies()
                    .forEach(dependency -> dependency
                            .directory()
                            .ifPresent(directory -> found.add(new PathDependency(dependency.key(), file, directory)))));
        }
        Manifest root = reader.root();
        TypedTable patches = root.toml().table("patch");
        for (String source : patches.keys()) {
            addReplacements(found, root, patches.table(source));
        }
        addReplacements(found, root, root.toml().table("replace"));
        return found;
    }

    private static void addReplacements(List<PathDependency> to, Manifest root, TypedTable replacements)
            throws ActionNeededException {
        for (String key : replacements.keys()) {
            if (replacements.values().get(key) instanceof Map) {
                replacements
                        .table(key)
                        .path("path")
                        .ifPresent(directory -> to.add(new PathDependency(key, root.file(), directory)));
            }
        }
    }
}

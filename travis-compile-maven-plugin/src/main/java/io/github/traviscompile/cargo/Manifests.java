package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Loads each manifest once, and finds the workspace root of each. */
final class Manifests {

    private final Map<Path, Manifest> loaded = new HashMap<>();

    Manifest load(Path file) throws CrossCompileException {
        Manifest known = loaded.get(file);
        if (known != null) {
            return known;
        }
        Manifest manifest = new Manifest(file, TomlDocument.read(file));
        loaded.put(file, manifest);
        return manifest;
    }

    /** @param namedBy the origin of the reference, for the error message */
    Manifest load(Path file, String namedBy) throws CrossCompileException {
        if (!Files.isRegularFile(file)) {
            throw new ActionNeededException("There is no " + file + ", which " + namedBy
                    + " names. Cargo cannot build without it: add the package, or correct the manifest.");
        }
        return load(file);
    }

    /** Returns the root manifest of {@code manifest}, perhaps itself; empty for a package without a workspace. */
    Optional<Path> rootOf(Manifest manifest) throws CrossCompileException {
        Optional<Path> found = rootAccordingTo(manifest, manifest.file());
        Path directory = manifest.directory().getParent();
        // Packages that cargo unpacks in target/package to verify them have no workspace.
        while (found.isEmpty() && directory != null && !directory.endsWith(Path.of("target", "package"))) {
            Path candidate = directory.resolve(Manifest.NAME);
            if (Files.exists(candidate)) {
                found = rootAccordingTo(load(candidate), manifest.file());
            }
            directory = directory.getParent();
        }
        return found;
    }

    private static Optional<Path> rootAccordingTo(Manifest candidate, Path seenFrom) throws ActionNeededException {
        if (candidate.isWorkspaceRoot()) {
            return candidate.excludes(seenFrom) ? Optional.empty() : Optional.of(candidate.file());
        }
        return candidate.rootPointer();
    }
}

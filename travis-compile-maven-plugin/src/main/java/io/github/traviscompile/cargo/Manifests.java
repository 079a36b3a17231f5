package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Loads each manifest once, and knows to which workspace root each belongs. */
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

    /** @param namedBy what asks for the manifest, as an error names it */
    Manifest load(Path file, String namedBy) throws CrossCompileException {
        if (!Files.isRegularFile(file)) {
            throw new ActionNeededException("There is no " + file + ", which " + namedBy
                    + " names. Cargo cannot build without it: add the package, or correct the manifest.");
        }
        return load(file);
    }

    /** The root manifest that {@code manifest} belongs to, perhaps itself; empty for a package on its own. */
    Optional<Path> rootOf(Manifest manifest) throws CrossCompileException {
        Optional<Path> found = rootAccordingTo(manifest, manifest.file());
        Path directory = manifest.directory().getParent();
        // What cargo unpacks in target/package to verify it is on its own.
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

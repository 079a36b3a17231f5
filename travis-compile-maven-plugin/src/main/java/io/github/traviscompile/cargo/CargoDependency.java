package io.github.traviscompile.cargo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A dependency from a manifest, with the values that it inherits from the workspace.
 *
 * @param key the name in the manifest, which features use
 * @param packageName the package's own name; differs from {@code key} if renamed
 * @param directory the absolute directory of a path dependency
 * @param target the triple or {@code cfg(…)} that it applies to
 */
public record CargoDependency(
        String key,
        String packageName,
        Kind kind,
        Optional<Path> directory,
        Optional<String> target,
        boolean optional,
        boolean defaultFeatures,
        List<String> features) {

    /** The part of the package that needs it. */
    public enum Kind {
        NORMAL,
        BUILD,
        DEVELOPMENT
    }

    public CargoDependency {
        features = List.copyOf(features);
    }
}

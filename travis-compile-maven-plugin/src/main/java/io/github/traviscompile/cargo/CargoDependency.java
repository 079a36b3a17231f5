package io.github.traviscompile.cargo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One dependency as a manifest declares it, what it inherits from the workspace filled in.
 *
 * @param key the name in the manifest, which features use
 * @param packageName the package's own name, other than {@code key} where it is renamed
 * @param directory where a path dependency lies, absolute
 * @param target the triple or {@code cfg(…)} it is for
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

    /** What of the package needs it. */
    public enum Kind {
        NORMAL,
        BUILD,
        DEVELOPMENT
    }

    public CargoDependency {
        features = List.copyOf(features);
    }
}

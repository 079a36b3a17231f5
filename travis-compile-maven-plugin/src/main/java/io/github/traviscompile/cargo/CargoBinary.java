package io.github.traviscompile.cargo;

import java.util.List;
import java.util.Set;

/**
 * A binary target of a package.
 *
 * @param fileName the executable's name without a suffix such as {@code .exe}; nearly always {@code name}
 * @param requiredFeatures Cargo silently skips the binary unless all of these are active
 */
public record CargoBinary(String name, String fileName, List<String> requiredFeatures) {

    public CargoBinary {
        requiredFeatures = List.copyOf(requiredFeatures);
    }

    boolean isBuiltWith(Set<String> activeFeatures) {
        return activeFeatures.containsAll(requiredFeatures);
    }
}

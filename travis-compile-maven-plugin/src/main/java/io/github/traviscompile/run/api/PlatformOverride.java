package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one platform, which replace the parameters of the same names.
 *
 * @param ci the service that compiles it; empty takes the choice for all platforms
 * @param toolchain of rustup; empty takes that of all platforms
 * @param features of Cargo; empty takes those of all platforms
 */
public record PlatformOverride(Optional<CiChoice> ci, Optional<String> toolchain, List<String> features) {

    public static final PlatformOverride NOTHING = new PlatformOverride(Optional.empty(), Optional.empty(), List.of());

    public PlatformOverride {
        features = List.copyOf(features);
    }

    /** Returns a copy with the word of {@code <ci>}; null if there is none. */
    public PlatformOverride withCi(@Nullable String word) throws ActionNeededException {
        return new PlatformOverride(
                word == null ? Optional.empty() : Optional.of(CiChoice.parse(word)), toolchain, features);
    }

    /** Returns a copy with the word of {@code <toolchain>}; null if there is none. */
    public PlatformOverride withToolchain(@Nullable String word) {
        return new PlatformOverride(ci, Optional.ofNullable(word), features);
    }

    public PlatformOverride withFeatures(List<String> words) {
        return new PlatformOverride(ci, toolchain, words);
    }
}

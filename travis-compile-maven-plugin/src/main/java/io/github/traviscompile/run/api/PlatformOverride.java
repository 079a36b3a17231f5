package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one platform instead of what the parameters of the same names say for all.
 *
 * @param ci who compiles for it; empty takes who does for all
 * @param toolchain of rustup; empty takes that of all
 * @param features of Cargo; empty takes those of all
 */
public record PlatformOverride(Optional<CiChoice> ci, Optional<String> toolchain, List<String> features) {

    public static final PlatformOverride NOTHING = new PlatformOverride(Optional.empty(), Optional.empty(), List.of());

    public PlatformOverride {
        features = List.copyOf(features);
    }

    /** The same with the word of {@code <ci>}; null where there is none. */
    public PlatformOverride withCi(@Nullable String word) throws ActionNeededException {
        return new PlatformOverride(
                word == null ? Optional.empty() : Optional.of(CiChoice.parse(word)), toolchain, features);
    }

    /** The same with the word of {@code <toolchain>}; null where there is none. */
    public PlatformOverride withToolchain(@Nullable String word) {
        return new PlatformOverride(ci, Optional.ofNullable(word), features);
    }

    public PlatformOverride withFeatures(List<String> words) {
        return new PlatformOverride(ci, toolchain, words);
    }
}

package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.api.CrossCompileRequestBuilder;
import io.github.traviscompile.run.api.PlatformOverride;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of the parameter {@code platforms}: a platform's word alone, or with settings that replace parameters for
 * it.
 */
public final class PlatformParameter {

    private @Nullable String name;
    private @Nullable String ci;
    private @Nullable String toolchain;
    private List<String> features = List.of();

    /** Sets the platform's word. Maven calls this for an element that is a word alone. */
    public void set(String word) {
        name = word;
    }

    void addTo(CrossCompileRequestBuilder builder) throws ActionNeededException {
        builder.platform(
                name,
                PlatformOverride.NOTHING.withCi(ci).withToolchain(toolchain).withFeatures(features));
    }
}

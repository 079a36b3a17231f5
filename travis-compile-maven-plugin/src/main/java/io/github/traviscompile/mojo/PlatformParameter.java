package io.github.traviscompile.mojo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One element of the parameter {@code platforms}: a word alone, or one with what holds for it instead. */
public final class PlatformParameter {

    private @Nullable String name;
    private @Nullable String ci;
    private @Nullable String toolchain;
    private List<String> features = List.of();

    /** Called by Maven for an element that is a word alone. */
    public void set(String word) {
        name = word;
    }

    String name() {
        return name == null ? "" : name;
    }

    /** What holds for some of them alone, by their names. */
    static Map<String, CrossCompileRequest.PlatformOverride> own(List<PlatformParameter> platforms)
            throws ActionNeededException {
        Map<String, CrossCompileRequest.PlatformOverride> own = new HashMap<>();
        for (PlatformParameter platform : platforms) {
            if (platform.name().isBlank()) {
                throw new ActionNeededException("A platform in " + Parameter.PLATFORMS + " has no <name>."
                        + " Write its word there, such as linux-x86_64.");
            }
            if (platform.ci != null || platform.toolchain != null || !platform.features.isEmpty()) {
                own.put(
                        platform.name(),
                        new CrossCompileRequest.PlatformOverride(
                                Optional.ofNullable(platform.ci),
                                Optional.ofNullable(platform.toolchain),
                                platform.features));
            }
        }
        return own;
    }
}

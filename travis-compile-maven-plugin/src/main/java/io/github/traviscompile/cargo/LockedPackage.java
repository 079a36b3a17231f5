package io.github.traviscompile.cargo;

import io.github.traviscompile.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * A package of Cargo.lock.
 *
 * @param source where Cargo takes it from, such as
 *     {@code registry+https://github.com/rust-lang/crates.io-index} or {@code git+<url>?<reference>#<commit>}; empty for
 *     a package that lies in a folder of its own, as all of a workspace do
 * @param checksum of the {@code .crate} file, which registries have
 * @param dependencies the {@link #id}s of what it needs on any target, to be built, tested or run, sorted
 */
public record LockedPackage(
        String name, String version, Optional<String> source, Optional<Sha256> checksum, List<String> dependencies) {

    public LockedPackage {
        dependencies = dependencies.stream().sorted().distinct().toList();
    }

    /** Tells it from all others of its lock file: {@code name version (source)}, as version 1 of the format writes it. */
    public String id() {
        return name + " " + version + source.map(s -> " (" + s + ")").orElse("");
    }
}

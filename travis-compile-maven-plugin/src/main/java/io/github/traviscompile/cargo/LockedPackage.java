package io.github.traviscompile.cargo;

import io.github.traviscompile.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * A package of Cargo.lock.
 *
 * @param source such as {@code registry+https://github.com/rust-lang/crates.io-index} or
 *     {@code git+<url>?<reference>#<commit>}; empty for a package in a local folder, such as the workspace's own
 * @param checksum of the {@code .crate} file; only packages of registries have one
 * @param dependencies the sorted {@link #id}s of its dependencies on any target, for building, testing or running
 */
public record LockedPackage(
        String name, String version, Optional<String> source, Optional<Sha256> checksum, List<String> dependencies) {

    public LockedPackage {
        dependencies = dependencies.stream().sorted().distinct().toList();
    }

    /**
     * Returns an id that is unique in its lock file: {@code name version (source)}, as version 1 of the format writes
     * it.
     */
    public String id() {
        return name + " " + version + source.map(s -> " (" + s + ")").orElse("");
    }
}

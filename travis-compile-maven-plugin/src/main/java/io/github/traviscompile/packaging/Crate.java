package io.github.traviscompile.packaging;

import io.github.traviscompile.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * A crate for the bill of materials, as in Cargo.lock.
 *
 * @param source Cargo's source for the crate: {@code registry+<url>}, {@code sparse+<url>} or
 *     {@code git+<url>?<reference>#<commit>}; empty for the project's own crates
 * @param checksum of the {@code .crate} file
 * @param dependencies the {@link #id}s of the crates it depends on
 */
public record Crate(
        String name, String version, Optional<String> source, Optional<Sha256> checksum, List<String> dependencies) {

    public Crate {
        dependencies = List.copyOf(dependencies);
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("A crate has a name and a version, not '" + name + " " + version + "'.");
        }
    }

    /** Returns the unique id {@code name version (source)}. */
    public String id() {
        return name + " " + version + source.map(s -> " (" + s + ")").orElse("");
    }
}

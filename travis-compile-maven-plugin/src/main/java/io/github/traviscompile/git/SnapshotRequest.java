package io.github.traviscompile.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to take of a working tree.
 *
 * @param root the directory that becomes the tree's root
 * @param never directories and files that are no part of it wherever they lie: what Cargo and Maven write to, and tokens
 * @param includes Ant patterns on paths relative to {@code root}, separated by {@code /}; none takes every file
 * @param excludes Ant patterns of what to leave out; they win over {@code includes}
 * @param always relative paths taken although ignored, excluded or not included, where they are files: Cargo.lock
 * @param allowedSecrets relative paths that the secret scan leaves alone
 */
public record SnapshotRequest(
        Path root,
        List<Path> never,
        List<String> includes,
        List<String> excludes,
        Set<String> always,
        Set<String> allowedSecrets) {

    public SnapshotRequest {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("The root of a snapshot is absolute, not '" + root + "'.");
        }
        never = List.copyOf(never);
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
        always = Set.copyOf(always);
        allowedSecrets = Set.copyOf(allowedSecrets);
    }

    /** Everything below {@code root}, with its Cargo.lock. */
    public static SnapshotRequest of(Path root) {
        return new SnapshotRequest(root, List.of(), List.of(), List.of(), Set.of("Cargo.lock"), Set.of());
    }
}

package io.github.traviscompile.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The part of a working tree to take.
 *
 * @param root the directory that becomes the tree's root
 * @param never directories and files that are always excluded: the output of Cargo and Maven, and tokens
 * @param includes Ant patterns on paths relative to {@code root}, separated by {@code /}; none takes every file
 * @param excludes Ant patterns of files to leave out; they override {@code includes}
 * @param always relative paths of files taken even if ignored, excluded or not included: Cargo.lock
 * @param allowedSecrets relative paths that the secret scan skips
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

    /** Returns a request for everything below {@code root}, with its Cargo.lock. */
    public static SnapshotRequest of(Path root) {
        return new SnapshotRequest(root, List.of(), List.of(), List.of(), Set.of("Cargo.lock"), Set.of());
    }
}

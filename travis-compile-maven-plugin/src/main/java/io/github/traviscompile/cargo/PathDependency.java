package io.github.traviscompile.cargo;

import java.nio.file.Path;

/**
 * A package that a manifest references by its path, as a dependency or in {@code [patch]} or {@code [replace]}.
 *
 * @param name as in the manifest
 * @param manifest the file with the reference
 * @param directory its absolute directory
 */
public record PathDependency(String name, Path manifest, Path directory) {}

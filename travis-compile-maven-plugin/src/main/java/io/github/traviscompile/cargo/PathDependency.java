package io.github.traviscompile.cargo;

import java.nio.file.Path;

/**
 * A package that a manifest names by its path, as a dependency or in {@code [patch]} or {@code [replace]}.
 *
 * @param name as in the manifest
 * @param manifest the file that names it
 * @param directory where it lies, absolute
 */
public record PathDependency(String name, Path manifest, Path directory) {}

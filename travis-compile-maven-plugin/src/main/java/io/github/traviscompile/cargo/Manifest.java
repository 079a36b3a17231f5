package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A Cargo.toml as written, without inherited or inferred values. */
record Manifest(Path file, TypedTable toml) {

    static final String NAME = "Cargo.toml";

    Path directory() {
        return Objects.requireNonNull(file.getParent());
    }

    boolean isPackage() {
        return toml.has("package") || toml.has("project");
    }

    /** Returns {@code [package]}, or {@code [project]}, its name before Cargo 1.0. */
    TypedTable packageTable() throws ActionNeededException {
        return toml.table("package", "project");
    }

    boolean isWorkspaceRoot() {
        return toml.has("workspace");
    }

    TypedTable workspace() throws ActionNeededException {
        return toml.table("workspace");
    }

    /** Returns the root manifest that {@code package.workspace} points to. */
    Optional<Path> rootPointer() throws ActionNeededException {
        return packageTable().path("workspace").map(directory -> directory.resolve(NAME));
    }

    /** Whether this workspace excludes {@code other}; a directory that is also listed as a member is not excluded. */
    boolean excludes(Path other) throws ActionNeededException {
        return isBelow(other, "exclude") && !isBelow(other, "members");
    }

    private boolean isBelow(Path other, String key) throws ActionNeededException {
        for (String directory : workspace().strings(key).orElse(List.of())) {
            if (!MemberGlob.isPattern(directory) && other.startsWith(workspace().resolve(key, directory))) {
                return true;
            }
        }
        return false;
    }
}

package io.github.traviscompile.model;

/** A package of an operating system that a leg's compilation needs. */
public record SystemPackage(PackageManager manager, String name) {

    public SystemPackage {
        if (!manager.takes(name)) {
            throw new IllegalArgumentException("Not the name of a package of " + manager + ": '" + name + "'.");
        }
    }
}

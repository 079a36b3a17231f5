package io.github.traviscompile.model;

/** A package of a system that a leg is compiled with. */
public record SystemPackage(PackageManager manager, String name) {

    public SystemPackage {
        if (!manager.takes(name)) {
            throw new IllegalArgumentException("Not the name of a package of " + manager + ": '" + name + "'.");
        }
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.platform.CrossCompileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What Cargo.lock says about the packages of a build.
 *
 * @param version of the file's format; 1 where it says none, as those of the versions 1 and 2 do
 * @param packages all of them, in the order of their ids
 */
public record CargoLock(long version, List<LockedPackage> packages) {

    public CargoLock {
        packages = packages.stream()
                .sorted(Comparator.comparing(LockedPackage::id))
                .toList();
    }

    /** Reads {@code Cargo.lock} beside the workspace's root manifest; ask {@link CargoProject#locked()} first. */
    public static CargoLock read(Path root) throws CrossCompileException {
        Table lock = TomlDocument.read(root.resolve("Cargo.lock"));
        return new CargoLock(lock.integer("version").orElse(1L), new LockReader(lock).packages());
    }

    /** The crates that by their name bind a library of the system, which a leg may lack. */
    public List<SystemLibrary> systemCrates() {
        return packages.stream()
                .map(LockedPackage::name)
                .distinct()
                .flatMap(name -> SystemLibrary.of(name).stream())
                .toList();
    }
}

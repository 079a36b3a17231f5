package io.github.traviscompile.cargo;

import io.github.traviscompile.platform.CrossCompileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Cargo.lock says about the crates of a build.
 *
 * @param version of the file's format; 1 where it says none, as Cargo before 1.53 wrote it
 * @param packages the names of all packages, sorted, each once
 */
public record CargoLock(long version, List<String> packages) {

    public CargoLock {
        packages = packages.stream().sorted().distinct().toList();
    }

    /** Reads {@code Cargo.lock} beside the workspace's root manifest; ask {@link CargoProject#locked()} first. */
    public static CargoLock read(Path root) throws CrossCompileException {
        List<String> names = new ArrayList<>();
        Table lock = TomlDocument.read(root.resolve("Cargo.lock"));
        for (Table entry : lock.tables("package")) {
            entry.string("name").ifPresent(names::add);
        }
        return new CargoLock(lock.integer("version").orElse(1L), names);
    }

    /** The crates that by their name bind a library of the system, which a leg may lack. */
    public List<String> systemCrates() {
        return packages.stream().filter(name -> name.endsWith("-sys")).toList();
    }
}

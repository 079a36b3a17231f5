package io.github.traviscompile.cargo;

import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packages of a build, from Cargo.lock.
 *
 * @param version of the file's format; 1 if absent, as in the versions 1 and 2
 * @param packages all packages, sorted by id
 */
public record CargoLock(long version, List<LockedPackage> packages) {

    public CargoLock {
        packages = packages.stream()
                .sorted(Comparator.comparing(LockedPackage::id))
                .toList();
    }

    /** Reads {@code Cargo.lock} beside the workspace's root manifest; check {@link CargoProject#locked()} first. */
    public static CargoLock read(Path root) throws CrossCompileException {
        TypedTable lock = TomlDocument.read(root.resolve("Cargo.lock"));
        return new CargoLock(lock.integer("version").orElse(1L), new LockReader(lock).packages());
    }

    /**
     * Returns the ids of the workspace packages {@code names} and of their transitive dependencies, on any target, for
     * building, testing or running.
     */
    public Set<String> reachable(Collection<String> names) {
        Map<String, LockedPackage> byId =
                packages.stream().collect(Collectors.toMap(LockedPackage::id, each -> each, (one, same) -> one));
        Set<String> reached = new HashSet<>();
        Deque<LockedPackage> open = new ArrayDeque<>(packages.stream()
                .filter(each -> each.source().isEmpty() && names.contains(each.name()))
                .toList());
        while (!open.isEmpty()) {
            LockedPackage next = open.pop();
            if (reached.add(next.id())) {
                next.dependencies().stream()
                        .map(byId::get)
                        .filter(Objects::nonNull)
                        .forEach(open::push);
            }
        }
        return reached;
    }

    /** Returns the crates whose name says that they bind a system library, which a leg may lack. */
    public List<SystemLibrary> systemCrates() {
        return packages.stream()
                .map(LockedPackage::name)
                .distinct()
                .flatMap(name -> SystemLibrary.of(name).stream())
                .toList();
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the packages of a lock file of the versions 1 to 4, as Cargo itself does
 * ({@code cargo::core::resolver::encode}). Version 1 names each dependency in full and lists the checksums in a
 * separate table. From version 2 on a dependency has only the parts that make it unique.
 */
final class LockReader {

    private static final Pattern DEPENDENCY = Pattern.compile("(\\S+)(?: (\\S+)(?: \\((.+)\\))?)?");

    private final TypedTable lock;

    LockReader(TypedTable lock) {
        this.lock = lock;
    }

    List<LockedPackage> packages() throws ActionNeededException {
        List<LockedPackage> entries = new ArrayList<>();
        for (TypedTable entry : lock.tables("package")) {
            entries.add(entry(entry));
        }
        // Early versions of Cargo put the current package here.
        if (lock.has("root")) {
            entries.add(entry(lock.table("root")));
        }
        Map<String, List<LockedPackage>> byName = entries.stream().collect(Collectors.groupingBy(LockedPackage::name));
        List<LockedPackage> packages = new ArrayList<>();
        for (LockedPackage entry : entries) {
            List<String> dependencies = new ArrayList<>();
            for (String dependency : entry.dependencies()) {
                find(dependency, byName).map(LockedPackage::id).ifPresent(dependencies::add);
            }
            packages.add(
                    new LockedPackage(entry.name(), entry.version(), entry.source(), entry.checksum(), dependencies));
        }
        return packages;
    }

    /** Returns the package with its dependencies as written. */
    private LockedPackage entry(TypedTable entry) throws ActionNeededException {
        String name = required(entry, "name");
        String version = required(entry, "version");
        Optional<String> source = entry.string("source");
        String id = new LockedPackage(name, version, source, Optional.empty(), List.of()).id();
        Optional<String> checksum = entry.string("checksum");
        if (checksum.isEmpty()) {
            checksum = lock.table("metadata").string("checksum " + id).filter(value -> !value.equals("<none>"));
        }
        return new LockedPackage(
                name,
                version,
                source,
                checksum.isEmpty() ? Optional.empty() : Optional.of(digest(id, checksum.get())),
                entry.strings("dependencies").orElse(List.of()));
    }

    private String required(TypedTable entry, String key) throws ActionNeededException {
        Optional<String> value = entry.string(key);
        if (value.isEmpty()) {
            throw damaged("has a package without '" + key + "'");
        }
        return value.get();
    }

    private Sha256 digest(String id, String checksum) throws ActionNeededException {
        try {
            return new Sha256(checksum);
        } catch (IllegalArgumentException e) {
            throw damaged("has a checksum for '" + id + "' that is not a SHA-256: '" + checksum + "'");
        }
    }

    /** Skips a dependency that matches no package, or several, as Cargo does: Cargo locks it again. */
    private Optional<LockedPackage> find(String dependency, Map<String, List<LockedPackage>> byName)
            throws ActionNeededException {
        Matcher words = DEPENDENCY.matcher(dependency);
        if (!words.matches()) {
            throw damaged("has the malformed dependency '" + dependency + "'");
        }
        Optional<String> version = Optional.ofNullable(words.group(2));
        Optional<String> source = Optional.ofNullable(words.group(3)).map(LockReader::withoutCommit);
        List<LockedPackage> named = byName.getOrDefault(words.group(1), List.of());
        List<LockedPackage> found = named.stream()
                .filter(candidate -> version.isEmpty() || version.get().equals(candidate.version()))
                .filter(candidate ->
                        source.isEmpty() || source.equals(candidate.source().map(LockReader::withoutCommit)))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : withoutSource(found.stream());
    }

    /**
     * Returns the only package without a source, if there is exactly one: a dependency without a source refers to it.
     */
    private static Optional<LockedPackage> withoutSource(Stream<LockedPackage> packages) {
        List<LockedPackage> found =
                packages.filter(candidate -> candidate.source().isEmpty()).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Removes the commit, as from version 2 on a dependency's git source has none. */
    private static String withoutCommit(String source) {
        return source.replaceFirst("#.*", "");
    }

    private ActionNeededException damaged(String what) {
        return new ActionNeededException("The file " + lock.file() + " " + what
                + ". Restore it from version control, or regenerate it with 'cargo generate-lockfile'.");
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.cargo.CargoDependency.Kind;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the package of one manifest, with its inherited values and Cargo's inferred targets. */
final class PackageReader {

    // Safe in a cargo command line; Cargo's own rule is a little stricter.
    private static final String PACKAGE_NAME = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,127}";

    private final Manifest manifest;
    private final Optional<Manifest> workspace;
    private final List<String> inheritedKeys = new ArrayList<>();
    private final TypedTable settings;

    /** @param workspace the root that the package belongs to */
    PackageReader(Manifest manifest, Optional<Manifest> workspace) throws ActionNeededException {
        this.manifest = manifest;
        this.workspace = workspace;
        this.settings = inheritedSettings();
    }

    CargoPackage read() throws CrossCompileException {
        String name = name();
        String edition = settings.string("edition").orElse("2015");
        List<CargoDependency> dependencies = dependencies(edition);
        TargetReader targets = new TargetReader(manifest, settings, name, edition);
        return new CargoPackage(
                name,
                settings.string("version").orElse("0.0.0"),
                edition,
                inheritedKeys,
                settings.string("rust-version"),
                manifest.directory(),
                targets.library(),
                targets.binaries(),
                features(dependencies),
                dependencies,
                documents(),
                pyProject());
    }

    private String name() throws ActionNeededException {
        Optional<String> name = settings.string("name");
        if (name.isEmpty()) {
            throw new ActionNeededException("The manifest " + manifest.file()
                    + " has no 'package.name'. Cargo cannot build a package without one: add it.");
        }
        if (!name.get().matches(PACKAGE_NAME)) {
            throw new ActionNeededException("The manifest " + manifest.file() + " has the package name '" + name.get()
                    + "', which Cargo rejects: a name has letters, digits, '-' and '_'. Correct 'package.name'.");
        }
        return name.get();
    }

    /** Returns {@code [package]} with every {@code key.workspace = true} replaced by the value of the workspace. */
    private TypedTable inheritedSettings() throws ActionNeededException {
        TypedTable own = manifest.packageTable();
        Map<String, Object> values = new TreeMap<>(own.values());
        for (Map.Entry<String, Object> entry : own.values().entrySet()) {
            if (isInherited(entry.getKey(), entry.getValue())) {
                values.put(entry.getKey(), inherited("package", entry.getKey()));
                inheritedKeys.add(entry.getKey());
            }
        }
        return new TypedTable(own.file(), own.at(), values);
    }

    private static boolean isInherited(String key, Object value) {
        return !key.equals("metadata")
                && value instanceof Map<?, ?> table
                && Boolean.TRUE.equals(table.get("workspace"));
    }

    private Object inherited(String table, String key) throws ActionNeededException {
        if (workspace.isEmpty()) {
            throw new ActionNeededException("The manifest " + manifest.file() + " inherits '" + key
                    + "' from its workspace, but belongs to none. Add the workspace's root, or give the value itself.");
        }
        Object value = workspace.get().workspace().table(table).values().get(key);
        if (value == null) {
            throw new ActionNeededException("The manifest " + manifest.file() + " inherits '" + key
                    + "', but [workspace." + table + "] in "
                    + workspace.get().file() + " has no such key. Add it there, or give the value itself.");
        }
        return value;
    }

    private List<CargoDependency> dependencies(String edition) throws ActionNeededException {
        List<CargoDependency> dependencies = new ArrayList<>();
        addDependencies(dependencies, manifest.toml(), Optional.empty(), edition);
        TypedTable targets = manifest.toml().table("target");
        for (String target : targets.keys()) {
            addDependencies(dependencies, targets.table(target), Optional.of(target), edition);
        }
        return dependencies;
    }

    private void addDependencies(List<CargoDependency> to, TypedTable from, Optional<String> target, String edition)
            throws ActionNeededException {
        for (Kind kind : Kind.values()) {
            TypedTable table = switch (kind) {
                case NORMAL -> from.table("dependencies");
                case BUILD -> from.table("build-dependencies", "build_dependencies");
                case DEVELOPMENT -> from.table("dev-dependencies", "dev_dependencies");
            };
            for (String key : table.keys()) {
                to.add(dependency(key, kind, target, table, edition));
            }
        }
    }

    private CargoDependency dependency(
            String key, Kind kind, Optional<String> target, TypedTable dependencies, String edition)
            throws ActionNeededException {
        if (dependencies.values().get(key) instanceof String) {
            return new CargoDependency(key, key, kind, Optional.empty(), target, false, true, List.of());
        }
        TypedTable own = dependencies.table(key);
        boolean inherits = isInherited(key, own.values());
        TypedTable origin = inherits ? workspaceDependency(key) : own;
        if (inherits) {
            inheritedKeys.add("dependencies." + key);
        }
        List<String> features = new ArrayList<>(origin.strings("features").orElse(List.of()));
        if (inherits) {
            features.addAll(own.strings("features").orElse(List.of()));
        }
        return new CargoDependency(
                key,
                origin.string("package").orElse(key),
                kind,
                origin.path("path"),
                target,
                own.bool("optional").orElse(false),
                defaultFeatures(own, origin, edition),
                features);
    }

    private TypedTable workspaceDependency(String key) throws ActionNeededException {
        boolean plainVersion = inherited("dependencies", key) instanceof String;
        TypedTable all = workspace.orElseThrow().workspace().table("dependencies");
        return plainVersion ? new TypedTable(all.file(), all.dotted(key), Map.of()) : all.table(key);
    }

    /** A member can enable inherited default features; it can disable them only since edition 2024. */
    private static boolean defaultFeatures(TypedTable own, TypedTable origin, String edition)
            throws ActionNeededException {
        Optional<Boolean> requested = own.bool("default-features", "default_features");
        boolean given = origin.bool("default-features", "default_features").orElse(true);
        return edition.compareTo("2024") >= 0 ? requested.orElse(given) : given || requested.orElse(false);
    }

    /** Adds a feature for every optional dependency, unless some feature names it as {@code dep:…}. */
    private SortedMap<String, List<String>> features(List<CargoDependency> dependencies) throws ActionNeededException {
        SortedMap<String, List<String>> features = new TreeMap<>();
        TypedTable table = manifest.toml().table("features");
        for (String feature : table.keys()) {
            features.put(feature, table.strings(feature).orElse(List.of()));
        }
        List<String> named = features.values().stream().flatMap(List::stream).toList();
        for (CargoDependency dependency : dependencies) {
            String byName = "dep:" + dependency.key();
            if (dependency.optional() && !named.contains(byName)) {
                features.putIfAbsent(dependency.key(), List.of(byName));
            }
        }
        return features;
    }

    private List<Path> documents() throws CrossCompileException {
        List<Path> named = new ArrayList<>();
        for (String key : List.of("license-file", "readme")) {
            Object value = manifest.packageTable().values().get(key);
            if (value instanceof String) {
                manifest.packageTable().path(key).ifPresent(named::add);
            } else if (value != null && isInherited(key, value) && workspace.isPresent()) {
                workspace.get().workspace().table("package").path(key).ifPresent(named::add);
            }
        }
        return Documents.find(named, manifest.directory(), workspace.map(Manifest::directory));
    }

    private Optional<PyProject> pyProject() throws CrossCompileException {
        Optional<PyProject> own = PyProject.read(manifest.directory());
        return own.isPresent() || workspace.isEmpty()
                ? own
                : PyProject.read(workspace.get().directory());
    }
}

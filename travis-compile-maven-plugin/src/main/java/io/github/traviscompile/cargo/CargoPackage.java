package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package of a workspace, with inherited values and Cargo's inferred targets.
 *
 * @param version {@code 0.0.0} by default
 * @param inheritedKeys the keys with {@code workspace = true}, those of dependencies as {@code dependencies.<key>}
 * @param rustVersion the oldest Rust version that the package claims to support
 * @param binaries sorted by name
 * @param features the values that each feature activates, with the features implied by optional dependencies
 * @param documents its licences, notices and readmes, with distinct file names
 * @param pyProject of the package, else of the workspace's root
 */
public record CargoPackage(
        String name,
        String version,
        String edition,
        List<String> inheritedKeys,
        Optional<String> rustVersion,
        Path directory,
        Optional<CargoLibrary> library,
        List<CargoBinary> binaries,
        SortedMap<String, List<String>> features,
        List<CargoDependency> dependencies,
        List<Path> documents,
        Optional<PyProject> pyProject) {

    // A crate's name, with the '-' that Cargo allows; the length leaves room for "lib" and ".dylib".
    private static final String TARGET_NAME = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,117}";

    public CargoPackage {
        inheritedKeys = List.copyOf(inheritedKeys);
        binaries = List.copyOf(binaries);
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        dependencies = List.copyOf(dependencies);
        documents = List.copyOf(documents);
    }

    /**
     * Returns the files that Cargo builds from this package for {@code naming}: libraries, then binaries. Empty for a
     * package that only Rust code can use, or that contains procedural macros.
     *
     * @param activeFeatures the features that decide which binaries Cargo builds
     */
    List<Output> outputs(FileNaming naming, Set<String> activeFeatures) throws ActionNeededException {
        Map<String, Output> byFileName = new LinkedHashMap<>();
        if (library.isPresent()) {
            for (OutputKind kind : library.get().outputKinds()) {
                add(byFileName, naming, kind, library.get().name());
            }
        }
        for (CargoBinary binary : binaries) {
            if (binary.isBuiltWith(activeFeatures)) {
                add(byFileName, naming, OutputKind.BIN, binary.fileName());
            }
        }
        return List.copyOf(byFileName.values());
    }

    /**
     * Whether its extension modules work only with the building Python: it uses PyO3 without the stable ABI (PyO3's
     * user guide, "Building and distribution", {@code abi3}).
     */
    public boolean fitsOnePythonOnly() {
        return dependencies.stream()
                .filter(dependency -> dependency.packageName().equals("pyo3"))
                .anyMatch(dependency -> !activatesAbi3(dependency));
    }

    private boolean activatesAbi3(CargoDependency pyo3) {
        return pyo3.features().stream().anyMatch(feature -> feature.startsWith("abi3"))
                || features.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(feature ->
                                feature.startsWith(pyo3.key() + "/abi3") || feature.startsWith(pyo3.key() + "?/abi3"));
    }

    /** Whether it has outputs, possibly only with some feature. */
    boolean canDeliver() {
        return !binaries.isEmpty()
                || library.filter(lib -> !lib.outputKinds().isEmpty()).isPresent();
    }

    private void add(Map<String, Output> byFileName, FileNaming naming, OutputKind kind, String target)
            throws ActionNeededException {
        if (!target.matches(TARGET_NAME)) {
            throw new ActionNeededException("The target '" + target + "' of the package '" + name + "' in " + directory
                    + " cannot be delivered: rustc rejects this name. Use letters, digits, '-' and '_'.");
        }
        Output output = Output.of(kind, naming.fileName(kind, target));
        byFileName.putIfAbsent(output.fileName(), output);
    }
}

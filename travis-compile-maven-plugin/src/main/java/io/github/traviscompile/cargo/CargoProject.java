package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Cargo workspace, or a single package, read from its manifests without running cargo (The Cargo Book, "The Manifest
 * Format" and "Workspaces").
 *
 * @param root the directory of the workspace's root manifest, a real path
 * @param rootPackage the package of the root manifest; a virtual workspace has none
 * @param members all packages, sorted by name
 * @param defaultPackages the names of the packages that Cargo builds by default in the directory that was read
 * @param undecided whether Cargo builds all packages only for want of a choice: at the root of a virtual workspace
 *     without {@code default-members}
 * @param resolver the version of the dependency resolver, {@code 1}, {@code 2} or {@code 3}
 * @param profiles the names of all profiles
 * @param toolchain the toolchain that the project requests from rustup
 * @param locked whether Cargo.lock exists beside the root manifest
 * @param pathDependencies every path in a manifest, also in those of packages outside the workspace
 */
public record CargoProject(
        Path root,
        Optional<String> rootPackage,
        List<CargoPackage> members,
        List<String> defaultPackages,
        boolean undecided,
        String resolver,
        Set<String> profiles,
        Optional<RustToolchain> toolchain,
        boolean locked,
        List<PathDependency> pathDependencies) {

    public CargoProject {
        members = members.stream()
                .sorted(Comparator.comparing(CargoPackage::name))
                .toList();
        defaultPackages = List.copyOf(defaultPackages);
        profiles = Set.copyOf(profiles);
        pathDependencies = List.copyOf(pathDependencies);
    }

    /**
     * Reads the project of {@code location}, including its workspace.
     *
     * @param location a directory with a Cargo.toml, or that file
     */
    public static CargoProject read(Path location) throws CrossCompileException {
        return ProjectReader.read(location);
    }

    /**
     * Returns the packages to build: the named ones, else {@link #defaultPackages()}, else the only one with outputs.
     *
     * @param packages the value of the parameter {@code packages}
     * @throws ActionNeededException also if the choice between several packages is the user's
     */
    public List<CargoPackage> select(List<String> packages) throws ActionNeededException {
        List<CargoPackage> selected = new ArrayList<>();
        for (String name : packages.isEmpty() ? defaultSelection() : packages) {
            selected.add(member(name).orElseThrow(() -> unknown("package", Parameter.PACKAGES, name, names())));
        }
        return selected.stream().distinct().toList();
    }

    /**
     * Undeliverable packages are built as dependencies of others; only the user can choose between several deliverable
     * ones.
     */
    private List<String> defaultSelection() throws ActionNeededException {
        List<String> candidates = members.stream()
                .filter(CargoPackage::canDeliver)
                .map(CargoPackage::name)
                .toList();
        if (!undecided || candidates.isEmpty()) {
            return defaultPackages;
        }
        if (candidates.size() > 1) {
            throw new ActionNeededException("The Cargo workspace " + root + " does not say which of its packages to"
                    + " deliver: " + String.join(", ", candidates) + ". Name those you want in " + Parameter.PACKAGES
                    + ", or in 'workspace.default-members' of its Cargo.toml.");
        }
        return candidates;
    }

    /** Fails if neither Cargo nor the project defines the profile. */
    public void requireProfile(String profile) throws ActionNeededException {
        if (!profiles.contains(profile)) {
            throw unknown("profile", Parameter.PROFILE, profile, profiles);
        }
    }

    /**
     * Returns the files that {@code build} creates for {@code naming}, package by package, with distinct names.
     * Excludes binaries whose required features are inactive. Features that a dependency has only for some targets
     * count for all.
     *
     * @throws ActionNeededException also if there is nothing to deliver
     */
    public List<Output> outputs(CargoBuild build, FileNaming naming) throws ActionNeededException {
        List<CargoPackage> selected = select(build.packages());
        requireFeatures(build, selected);
        Map<String, Set<String>> active = FeatureActivation.of(this, build);
        Map<String, CargoPackage> owners = new HashMap<>();
        List<Output> outputs = new ArrayList<>();
        for (CargoPackage member : selected) {
            for (Output output : member.outputs(naming, active.getOrDefault(member.name(), Set.of()))) {
                CargoPackage other = owners.put(output.fileName(), member);
                if (other != null) {
                    throw new ActionNeededException("The packages '" + other.name() + "' and '" + member.name()
                            + "' both make the file " + output.fileName() + ", and Cargo keeps only one of them."
                            + " Name one of the two in " + Parameter.PACKAGES + ", or rename a target.");
                }
                outputs.add(output);
            }
        }
        if (outputs.isEmpty()) {
            throw nothingToDeliver(selected);
        }
        return outputs;
    }

    private ActionNeededException nothingToDeliver(List<CargoPackage> selected) {
        String names =
                String.join(", ", selected.stream().map(CargoPackage::name).toList());
        boolean skipped =
                selected.stream().anyMatch(member -> !member.binaries().isEmpty());
        return new ActionNeededException("There is nothing to deliver of " + names + " in " + root + ": "
                + (skipped
                        ? "the binaries require features that are not active. Name those in " + Parameter.FEATURES + "."
                        : "no binary, and no library of the type cdylib, staticlib or dylib. Set 'crate-type' in [lib],"
                                + " or name other packages in " + Parameter.PACKAGES + "."));
    }

    private void requireFeatures(CargoBuild build, List<CargoPackage> selected) throws ActionNeededException {
        SortedSet<String> known = new TreeSet<>();
        for (CargoPackage member : selected) {
            for (String feature : member.features().keySet()) {
                known.add(addresses(member) ? feature : member.name() + "/" + feature);
            }
        }
        for (String feature : build.features()) {
            if (!known.contains(feature) && selected.stream().noneMatch(member -> isQualified(member, feature))) {
                throw unknown("feature", Parameter.FEATURES, feature, known);
            }
        }
    }

    /** Whether {@code feature} is {@code member/feature}, or {@code dependency/feature}, which only Cargo can check. */
    private static boolean isQualified(CargoPackage member, String feature) {
        int slash = feature.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String prefix = feature.substring(0, slash).replace("?", "");
        return (prefix.equals(member.name()) && member.features().containsKey(feature.substring(slash + 1)))
                || member.dependencies().stream()
                        .anyMatch(dependency -> dependency.key().equals(prefix));
    }

    /** Returns the paths outside {@code snapshotRoot}, a real path; the legs would lack them. */
    public List<PathDependency> pathDependenciesOutside(Path snapshotRoot) {
        return pathDependencies.stream()
                .filter(dependency -> !dependency.directory().startsWith(snapshotRoot))
                .distinct()
                .toList();
    }

    /**
     * Whether bare features and {@code --no-default-features} apply to {@code member}; with resolver 1 only to the
     * root.
     */
    boolean addresses(CargoPackage member) {
        return !resolver.equals("1") || rootPackage.map(member.name()::equals).orElse(true);
    }

    /** Whether {@code member} affects the features of others even if it is not built, as with resolver 1. */
    boolean alwaysCounts(CargoPackage member) {
        return resolver.equals("1") && rootPackage.equals(Optional.of(member.name()));
    }

    /** Whether build and development dependencies share their features with the others, as with resolver 1. */
    boolean unifiesAllDependencies() {
        return resolver.equals("1");
    }

    Optional<CargoPackage> memberAt(CargoDependency dependency) {
        return members.stream()
                .filter(member -> dependency.directory().equals(Optional.of(member.directory())))
                .findFirst();
    }

    private Optional<CargoPackage> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    private List<String> names() {
        return members.stream().map(CargoPackage::name).toList();
    }

    private ActionNeededException unknown(String what, Parameter parameter, String value, Set<String> names) {
        return unknown(what, parameter, value, List.copyOf(names));
    }

    private ActionNeededException unknown(String what, Parameter parameter, String value, List<String> names) {
        return new ActionNeededException("There is no " + what + " '" + value + "' in the Cargo project " + root + ". "
                + Suggestion.of(value, names) + " Correct " + parameter + ".");
    }
}

package io.github.traviscompile.cargo;

import io.github.traviscompile.cargo.CargoDependency.Kind;
import io.github.traviscompile.model.CargoBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes the active features of a workspace's members in one build, as far as the manifests tell. These are the
 * requested ones, {@code default}, the features that they activate, and those that one member requires of another (The
 * Cargo Book, "Features"). A dependency for some targets counts for all.
 */
final class FeatureActivation {

    private final CargoProject project;
    private final Map<String, Set<String>> features = new HashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final Map<String, Set<String>> optionalDependencies = new HashMap<>();
    private final List<Runnable> weak = new ArrayList<>();

    private FeatureActivation(CargoProject project) {
        this.project = project;
    }

    /** Returns the active features of each package that {@code build} compiles, by the package's name. */
    static Map<String, Set<String>> of(CargoProject project, CargoBuild build) {
        FeatureActivation activation = new FeatureActivation(project);
        for (CargoPackage member : project.members()) {
            if (build.packages().contains(member.name()) || project.alwaysCounts(member)) {
                boolean addressed = project.addresses(member);
                activation.enter(member, !(addressed && build.noDefaultFeatures()));
                build.features().forEach(feature -> activation.request(member, addressed, feature));
            }
        }
        activation.settleWeak();
        return activation.features;
    }

    /** Activates the requested feature in {@code member} if the request applies to it. */
    private void request(CargoPackage member, boolean addressed, String request) {
        int slash = request.indexOf('/');
        String prefix = slash < 0 ? "" : request.substring(0, slash).replace("?", "");
        if (slash >= 0 && prefix.equals(member.name())) {
            activate(member, request.substring(slash + 1));
        } else if (addressed) {
            activate(member, request);
        }
    }

    private void enter(CargoPackage member, boolean withDefault) {
        if (withDefault) {
            activate(member, "default");
        }
        if (entered.add(member.name())) {
            member.dependencies().stream().filter(d -> !d.optional()).forEach(d -> enterDependency(member, d));
        }
    }

    private void enterDependency(CargoPackage from, CargoDependency dependency) {
        boolean counts = project.unifiesAllDependencies()
                || (dependency.kind() == Kind.NORMAL
                        && !from.library().map(CargoLibrary::isProcMacro).orElse(false));
        if (!counts) {
            return;
        }
        dependency.features().forEach(feature -> require(from, dependency.key(), feature));
        project.memberAt(dependency).ifPresent(member -> {
            enter(member, dependency.defaultFeatures());
            dependency.features().forEach(feature -> activate(member, feature));
        });
    }

    private void activate(CargoPackage member, String value) {
        int slash = value.indexOf('/');
        if (value.startsWith("dep:")) {
            activateDependency(member, value.substring("dep:".length()));
        } else if (slash > 0 && value.charAt(slash - 1) == '?') {
            weak.add(() -> activateIfPresent(member, value.substring(0, slash - 1), value.substring(slash + 1)));
        } else if (slash > 0) {
            String key = value.substring(0, slash);
            if (member.features().containsKey(key) && isOptional(member, key)) {
                activate(member, key);
            }
            activateDependency(member, key);
            activateIfPresent(member, key, value.substring(slash + 1));
        } else if (member.features().containsKey(value) && set(features, member).add(value)) {
            member.features().getOrDefault(value, List.of()).forEach(next -> activate(member, next));
        }
    }

    private void activateDependency(CargoPackage member, String key) {
        if (set(optionalDependencies, member).add(key)) {
            member.dependencies().stream()
                    .filter(dependency ->
                            dependency.optional() && dependency.key().equals(key))
                    .forEach(dependency -> enterDependency(member, dependency));
        }
    }

    private void activateIfPresent(CargoPackage member, String key, String feature) {
        boolean present = set(optionalDependencies, member).contains(key) || !isOptional(member, key);
        if (present) {
            require(member, key, feature);
            member.dependencies().stream()
                    .filter(dependency -> dependency.key().equals(key))
                    .flatMap(dependency -> project.memberAt(dependency).stream())
                    .filter(dependency -> entered.contains(dependency.name()))
                    .forEach(dependency -> activate(dependency, feature));
        }
    }

    /** Records the feature as {@code key/feature}, as a binary may require a feature of a dependency. */
    private void require(CargoPackage member, String key, String feature) {
        set(features, member).add(key + "/" + feature);
    }

    /**
     * Repeats until nothing changes: {@code key?/feature} applies once something else activates the dependency, which
     * may be the last step.
     */
    private void settleWeak() {
        int before;
        do {
            before = size();
            List.copyOf(weak).forEach(Runnable::run);
        } while (size() != before);
    }

    private int size() {
        return weak.size()
                + features.values().stream().mapToInt(Set::size).sum()
                + optionalDependencies.values().stream().mapToInt(Set::size).sum();
    }

    private static boolean isOptional(CargoPackage member, String key) {
        return member.dependencies().stream().anyMatch(d -> d.key().equals(key) && d.optional());
    }

    private static Set<String> set(Map<String, Set<String>> sets, CargoPackage member) {
        return sets.computeIfAbsent(member.name(), name -> new HashSet<>());
    }
}

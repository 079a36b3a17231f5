package io.github.traviscompile.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one {@code cargo build}. An allow-list holds for names, so that none can become an option or a line
 * break in the leg's data file.
 *
 * @param packages the packages to build, at least one
 * @param features the features to enable, by bare name or as {@code package/name}
 * @param profile the Cargo profile, {@code release} by default
 * @param locked whether Cargo.lock must exist and match
 */
public record CargoBuild(
        List<String> packages, List<String> features, boolean noDefaultFeatures, String profile, boolean locked) {

    private static final String NAME = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,127}";
    private static final String FEATURE = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_+./-]{0,255}";

    public CargoBuild {
        packages = List.copyOf(packages);
        features = List.copyOf(features);
        if (packages.isEmpty()) {
            throw new IllegalArgumentException("A cargo build has at least one package.");
        }
        requireAll("package", packages, NAME);
        requireAll("feature", features, FEATURE);
        requireAll("profile", List.of(profile), NAME);
    }

    private static void requireAll(String what, List<String> values, String pattern) {
        for (String value : values) {
            if (!value.matches(pattern)) {
                throw new IllegalArgumentException("Not the name of a " + what + ": '" + value + "'.");
            }
        }
    }

    /** Returns the arguments of cargo for {@code target}. */
    public List<String> arguments(RustTarget target) {
        return arguments(target, Optional.empty());
    }

    /**
     * Returns the arguments of cargo for {@code target}, with cargo-zigbuild if there is a {@code glibc}.
     *
     * @param glibc the version to link for; Cargo's folder for the target is the same
     */
    public List<String> arguments(RustTarget target, Optional<GlibcFloor> glibc) {
        List<String> arguments = new ArrayList<>(List.of(
                glibc.isPresent() ? "zigbuild" : "build",
                "--target",
                target.triple() + glibc.map(floor -> "." + floor).orElse("")));
        switch (profile) {
            // Every Cargo has --release; --profile came with 1.57.
            case "release" -> arguments.add("--release");
            case "dev" -> {}
            default -> arguments.addAll(List.of("--profile", profile));
        }
        if (locked) {
            arguments.add("--locked");
        }
        if (noDefaultFeatures) {
            arguments.add("--no-default-features");
        }
        features.forEach(feature -> arguments.addAll(List.of("--features", feature)));
        packages.forEach(name -> arguments.addAll(List.of("--package", name)));
        return arguments;
    }

    /** Returns the folder under {@code <target>/<triple>/} that Cargo puts this profile's outputs in. */
    public String profileDirectory() {
        return switch (profile) {
            case "dev", "test" -> "debug";
            case "bench" -> "release";
            default -> profile;
        };
    }
}

package io.github.traviscompile.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one {@code cargo build} is asked for. Names are held to an allow-list, so that none can be mistaken for an
 * option or a line break in the leg's data file.
 *
 * @param packages the packages to build, at least one
 * @param features what to switch on, by bare name or as {@code package/name}
 * @param profile the Cargo profile, {@code release} by default
 * @param locked whether Cargo.lock must be there and fit
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

    /** What cargo is called with for {@code target}, without cargo itself. */
    public List<String> arguments(RustTarget target) {
        return arguments(target, Optional.empty());
    }

    /**
     * The same, where cargo-zigbuild may link.
     *
     * @param glibc what it links for; Cargo's folder for the target is the same
     */
    public List<String> arguments(RustTarget target, Optional<GlibcFloor> glibc) {
        List<String> arguments = new ArrayList<>(List.of(
                glibc.isPresent() ? "zigbuild" : "build",
                "--target",
                target.triple() + glibc.map(floor -> "." + floor).orElse("")));
        switch (profile) {
            // What every Cargo knows: --profile came with 1.57.
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

    /** The folder under {@code <target>/<triple>/} that Cargo puts this profile's outputs in. */
    public String profileDirectory() {
        return switch (profile) {
            case "dev", "test" -> "debug";
            case "bench" -> "release";
            default -> profile;
        };
    }
}

package io.github.traviscompile.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a leg's Python wheels. The build backend is called by the interface that all have (PEP 517).
 *
 * @param directory that holds pyproject.toml, relative to the snapshot's root, with slashes; empty for the root
 *     itself
 * @param pythons the versions of Python to build with, such as {@code 3.12}; empty takes the machine's
 */
public record WheelBuild(Backend backend, String directory, List<String> pythons) {

    /** The build backend, as named by the user's pyproject.toml. */
    public enum Backend {
        MATURIN,
        SETUPTOOLS_RUST
    }

    private static final String ID = "wheel";

    public WheelBuild {
        pythons = List.copyOf(pythons);
        if (directory.startsWith("/") || directory.matches("(.*/)?\\.\\.(/.*)?") || !directory.matches("\\P{Cntrl}*")) {
            throw new IllegalArgumentException("Not a folder below the snapshot's root: '" + directory + "'.");
        }
        for (String python : pythons) {
            if (!python.matches("3\\.[0-9]{1,2}")) {
                throw new IllegalArgumentException("Not a version of Python 3: '" + python + "'.");
            }
        }
    }

    /** Returns the expected wheels, one for each Python; their real names are known after the build. */
    public List<Output> outputs() {
        List<String> ids = pythons.isEmpty()
                ? List.of(ID)
                : pythons.stream().map(python -> ID + "-" + python).toList();
        return ids.stream()
                .map(id -> new Output(id, id + ".whl", OutputKind.WHEEL, Output.DEFAULT_MAX_BYTES))
                .toList();
    }

    /** Returns the key, in a finished leg's details, of the wheel's real name. */
    public static String detail(Output wheel) {
        return wheel.fileName().replaceFirst("\\.whl$", "").replaceAll("[-.]", "_");
    }

    /**
     * Returns the platform name of Python's build tools, for targets that these cannot derive from the compiling
     * machine. Empty on Windows, as the tools ask the compiler there (sysconfig, {@code get_platform}).
     */
    public static Optional<String> hostPlatform(Platform platform) {
        return switch (platform.target().system()) {
            case LINUX -> platform.target().cpu().machine().map(machine -> "linux-" + machine);
            // rustc's default deployment target (The rustc book, "Platform Support", *-apple-darwin).
            case MACOS ->
                switch (platform.target().cpu()) {
                    case X86_64 -> Optional.of("macosx-10.12-x86_64");
                    case AARCH_64 -> Optional.of("macosx-11.0-arm64");
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** Returns maturin's arguments for {@code build}; the measured tag later replaces the tag of plain Linux. */
    public static List<String> maturinArguments(CargoBuild build, RustTarget target) {
        List<String> arguments = new ArrayList<>(List.of("--compatibility", "linux", "--target", target.triple()));
        if (!build.profile().equals("release")) {
            arguments.addAll(List.of("--profile", build.profile()));
        }
        if (build.locked()) {
            arguments.add("--locked");
        }
        if (build.noDefaultFeatures()) {
            arguments.add("--no-default-features");
        }
        build.features().forEach(feature -> arguments.addAll(List.of("--features", feature)));
        return arguments;
    }
}

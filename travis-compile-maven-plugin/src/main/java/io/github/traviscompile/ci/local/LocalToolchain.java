package io.github.traviscompile.ci.local;

import io.github.traviscompile.ci.PinnedTool;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RustTarget;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Rust toolchain of this machine.
 *
 * @param release rustc's version, for example {@code 1.95.0}
 * @param commitHash rustc's commit, {@code unknown} if a distribution built it without one
 * @param description the complete answer of {@code rustc -vV}: two machines with equal answers compile the same
 * @param variables they select this toolchain wherever the checkout is; part of {@link #environmentFor}
 */
public record LocalToolchain(
        Path cargo,
        Path rustc,
        String release,
        String commitHash,
        RustTarget host,
        String description,
        SortedMap<String, String> variables) {

    private static final String RUSTUP_TOOLCHAIN = "RUSTUP_TOOLCHAIN";
    private static final String INSTALL_HINT =
            "Install Rust as https://www.rust-lang.org/tools/install says, or set the environment variable CARGO.";

    /** The Cargo Book, "Environment Variables"; the crate cc, "External configuration via environment variables". */
    private static final Pattern INFLUENCE = Pattern.compile("RUSTFLAGS|RUSTC_.*|CARGO_ENCODED_RUSTFLAGS"
            + "|CARGO_(BUILD|PROFILE)_.*|CARGO_TARGET_.+_.+"
            + "|(HOST_|TARGET_)?(CC|CXX|AR|CFLAGS|CXXFLAGS|LDFLAGS)(_.*)?"
            + "|MACOSX_DEPLOYMENT_TARGET|SOURCE_DATE_EPOCH");

    public LocalToolchain {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /**
     * Finds cargo and rustc by the variables {@code CARGO} and {@code RUSTC}, on {@code PATH}, then in Cargo's home.
     *
     * @param directory the working directory, so that rustup's overrides and {@code rust-toolchain.toml} count
     * @param requested the toolchain of {@code <toolchain>}
     */
    public static LocalToolchain find(Map<String, String> environment, Path directory, Optional<String> requested)
            throws CrossCompileException {
        SearchPath path = searchPath(environment);
        Path cargo = tool(environment, path, "CARGO", "cargo");
        Path rustc = tool(environment, path, "RUSTC", "rustc");
        // rustup's proxies replace cargo and rustc and lie beside rustup.
        boolean rustup =
                new SearchPath(folderOf(rustc), path.windows()).find("rustup").isPresent();

        SortedMap<String, String> variables = new TreeMap<>();
        variables.put("CARGO", cargo.toString());
        if (rustup) {
            // A download must not influence the answer.
            variables.put("RUSTUP_AUTO_INSTALL", "0");
            requested.ifPresent(name -> variables.put(RUSTUP_TOOLCHAIN, name));
        }
        Map<String, String> toolEnvironment = new TreeMap<>(environment);
        toolEnvironment.putAll(variables);
        Rustc compiler = new Rustc(rustc, new Command(toolEnvironment, directory));
        String description = compiler.describe(requested.filter(name -> rustup));
        String release = Rustc.field(description, "release");
        if (rustup && requested.isEmpty()) {
            // A leg compiles in another directory, where this one's override has no effect.
            variables.put(RUSTUP_TOOLCHAIN, String.valueOf(compiler.sysroot().getFileName()));
        } else if (!rustup) {
            requireRelease(requested, release, rustc);
        }
        return new LocalToolchain(
                cargo,
                rustc,
                release,
                Rustc.field(description, "commit-hash"),
                new RustTarget(Rustc.field(description, "host")),
                description,
                variables);
    }

    /**
     * Describes everything on this machine that a leg's outputs depend on: equal sources and descriptions give equal
     * outputs. It covers the compiler, the variables that Cargo, rustc and C compilers read, and Cargo's configuration
     * in its home.
     *
     * @param environment the environment that legs inherit
     */
    public String fingerprint(Map<String, String> environment) throws WorkFailedException {
        StringBuilder text = new StringBuilder(description);
        new TreeMap<>(environment).forEach((name, value) -> {
            if (INFLUENCE.matcher(name).matches()) {
                text.append('\n').append(name).append('=').append(value);
            }
        });
        for (String name : List.of("config", "config.toml")) {
            Optional<Path> file =
                    cargoHome(environment).map(home -> home.resolve(name)).filter(Files::isRegularFile);
            if (file.isPresent()) {
                text.append('\n').append(name).append(' ').append(digest(file.get()));
            }
        }
        return text.toString();
    }

    /**
     * Describes the Pythons that build the wheels of {@code leg}; empty for a leg without wheels.
     *
     * @param directory the project's Cargo workspace
     */
    public String pythons(Leg leg, Map<String, String> environment, Path directory) {
        Map<String, String> toolEnvironment = new TreeMap<>(environment);
        toolEnvironment.putAll(leg.environment());
        return new LocalPython(new Command(toolEnvironment, directory)).describe(leg);
    }

    /**
     * Describes the linker of {@code leg}, if it is not the machine's own.
     *
     * @param directory the project's Cargo workspace
     */
    public String zig(Leg leg, Map<String, String> environment, Path directory) {
        Map<String, String> toolEnvironment = new TreeMap<>(environment);
        toolEnvironment.putAll(leg.environment());
        return new LocalZig(new Command(toolEnvironment, directory)).describe(leg);
    }

    private static Sha256 digest(Path file) throws WorkFailedException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "Cargo's configuration '" + file + "' cannot be read", e, "Make it readable for this user.");
        }
    }

    /** Returns whether cargo-zigbuild is where cargo finds it. */
    public static boolean hasZigbuild(Map<String, String> environment) {
        return searchPath(environment).find(PinnedTool.CARGO_ZIGBUILD).isPresent();
    }

    /**
     * Returns why no toolchain of this machine compiles for {@code platform}; runs none.
     *
     * @return the rest of a sentence that begins with this machine
     */
    public static Optional<String> unsupportedReason(Platform platform) {
        // Its last compiler is Rust 1.41.1, and its last SDK that of Xcode 9.4.
        return platform == Platform.OSX_X86_32 || !platform.parts().isEmpty()
                ? Optional.of("has no compiler for it")
                : Optional.empty();
    }

    /** Returns this machine's platform, if it is a known one. */
    public Optional<Platform> hostPlatform() {
        return Platform.ofTriple(host.triple());
    }

    /**
     * Checks that this toolchain can compile and link for {@code leg}.
     *
     * @param environment the environment that the leg inherits
     * @param directory the project's Cargo workspace, whose Cargo configuration counts
     * @return the leg's variables, in addition to {@code environment}
     * @throws ActionNeededException with the command that adds the target's standard library, or with the package
     *     of a linker
     */
    public SortedMap<String, String> environmentFor(Leg leg, Map<String, String> environment, Path directory)
            throws CrossCompileException {
        Map<String, String> toolEnvironment = new TreeMap<>(environment);
        toolEnvironment.putAll(variables);
        toolEnvironment.putAll(leg.environment());
        Command command = new Command(toolEnvironment, directory);
        requireStandardLibrary(command, leg);
        new LocalPython(command).require(leg);
        new LocalZig(command).require(leg);
        SortedMap<String, String> result = new TreeMap<>(variables);
        // An explicit linker would replace that of cargo-zigbuild.
        if (leg.setup().glibc().isEmpty()) {
            new LocalLinker(command, searchPath(environment), cargo, host)
                    .find(leg)
                    .ifPresent(linker -> result.put(leg.target().cargoVariable("LINKER"), linker));
        }
        return result;
    }

    private void requireStandardLibrary(Command command, Leg leg) throws CrossCompileException {
        Optional<String> missing = new Rustc(rustc, command).missingStandardLibrary(leg.target());
        if (missing.isEmpty()) {
            return;
        }
        String triple = leg.target().triple();
        String remedy = variables.containsKey(RUSTUP_TOOLCHAIN)
                ? "Run: rustup target add --toolchain " + variables.get(RUSTUP_TOOLCHAIN) + " " + triple + ". Or"
                : "Install it beside " + rustc + ", or";
        throw new ActionNeededException(
                "The platform '" + leg.platform() + "' cannot be compiled on this machine: rustc "
                        + release + " has no standard library for " + triple + " (" + missing.get() + "). " + remedy
                        + " leave the platform out of " + Parameter.PLATFORMS + ".");
    }

    private static Path tool(Map<String, String> environment, SearchPath path, String variable, String command)
            throws ActionNeededException {
        String named = environment.getOrDefault(variable, "");
        if (named.isBlank()) {
            return path.find(command)
                    .orElseThrow(() -> new ActionNeededException("There is no " + command
                            + " on this machine to compile with; searched " + path.inWords() + ". "
                            + INSTALL_HINT));
        }
        Path file = Path.of(named);
        if (file.getNameCount() == 1 && !file.isAbsolute()) {
            file = path.find(named).orElse(file);
        }
        if (!Files.isExecutable(file)) {
            throw new ActionNeededException("The environment variable " + variable + " names '" + named
                    + "', which is not an executable file. Correct or unset it.");
        }
        return file.toAbsolutePath();
    }

    /** Returns the folders where cargo looks for its commands. */
    static SearchPath searchPath(Map<String, String> environment) {
        SearchPath path = SearchPath.of(environment);
        return cargoHome(environment)
                .map(home -> path.then(home.resolve("bin")))
                .orElse(path);
    }

    private static Optional<Path> cargoHome(Map<String, String> environment) {
        @Nullable String home = environment.getOrDefault("HOME", environment.get("USERPROFILE"));
        return Optional.ofNullable(environment.get("CARGO_HOME"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(home).map(Path::of).map(path -> path.resolve(".cargo")));
    }

    private static List<Path> folderOf(Path file) {
        @Nullable Path folder = file.getParent();
        return folder == null ? List.of() : List.of(folder);
    }

    private static void requireRelease(Optional<String> requested, String release, Path rustc)
            throws ActionNeededException {
        if (requested.isPresent() && !requested.get().equals(release) && !release.startsWith(requested.get() + ".")) {
            throw new ActionNeededException("The toolchain '" + requested.get()
                    + "' of " + Parameter.TOOLCHAIN + " is not the one of this machine: " + rustc + " is "
                    + release + ", and without rustup there is no other. Install rustup, or leave <toolchain> out.");
        }
    }
}

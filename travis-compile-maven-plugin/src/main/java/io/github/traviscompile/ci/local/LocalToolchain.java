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
 * @param commitHash rustc's commit, {@code unknown} where a distribution built it without
 * @param description the whole answer of {@code rustc -vV}: two machines with the same one compile the same
 * @param variables what pins a leg to this toolchain wherever its checkout lies; part of {@link #environmentFor}
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
     * @param directory where the question is asked, so that rustup's overrides and {@code rust-toolchain.toml} count
     * @param requested the toolchain that {@code <toolchain>} names
     */
    public static LocalToolchain find(Map<String, String> environment, Path directory, Optional<String> requested)
            throws CrossCompileException {
        SearchPath path = searchPath(environment);
        Path cargo = tool(environment, path, "CARGO", "cargo");
        Path rustc = tool(environment, path, "RUSTC", "rustc");
        // rustup's own commands stand in for cargo and rustc, side by side with rustup.
        boolean rustup =
                new SearchPath(folderOf(rustc), path.windows()).find("rustup").isPresent();

        SortedMap<String, String> variables = new TreeMap<>();
        variables.put("CARGO", cargo.toString());
        if (rustup) {
            // The answer must not depend on a download.
            variables.put("RUSTUP_AUTO_INSTALL", "0");
            requested.ifPresent(name -> variables.put(RUSTUP_TOOLCHAIN, name));
        }
        Map<String, String> asked = new TreeMap<>(environment);
        asked.putAll(variables);
        Rustc compiler = new Rustc(rustc, new Command(asked, directory));
        String description = compiler.describe(requested.filter(name -> rustup));
        String release = Rustc.field(description, "release");
        if (rustup && requested.isEmpty()) {
            // A leg compiles elsewhere, where an override of this directory would not hold.
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
     * Everything on this machine that decides what a leg compiles to, in words: two legs of one source and one answer
     * give the same. That is the compiler, the variables that Cargo, rustc and C compilers heed, and Cargo's own
     * configuration in its home.
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
     * The same of the Pythons that build the wheels of {@code leg}; empty where it owes none.
     *
     * @param directory the project's Cargo workspace
     */
    public String pythons(Leg leg, Map<String, String> environment, Path directory) {
        Map<String, String> asked = new TreeMap<>(environment);
        asked.putAll(leg.environment());
        return new LocalPython(new Command(asked, directory)).describe(leg);
    }

    /**
     * The same of what links {@code leg}, where that is not the machine's own linker.
     *
     * @param directory the project's Cargo workspace
     */
    public String zig(Leg leg, Map<String, String> environment, Path directory) {
        Map<String, String> asked = new TreeMap<>(environment);
        asked.putAll(leg.environment());
        return new LocalZig(new Command(asked, directory)).describe(leg);
    }

    private static Sha256 digest(Path file) throws WorkFailedException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "Cargo's configuration '" + file + "' cannot be read", e, "Make it readable for this user.");
        }
    }

    /** Whether cargo-zigbuild lies where cargo would find it. */
    public static boolean hasZigbuild(Map<String, String> environment) {
        return searchPath(environment).find(PinnedTool.CARGO_ZIGBUILD).isPresent();
    }

    /** This machine's platform, where the catalogue has it. */
    public Optional<Platform> hostPlatform() {
        return Platform.ofTriple(host.triple());
    }

    /**
     * Makes sure that this toolchain can compile and link for {@code leg}.
     *
     * @param environment the environment that the leg will inherit
     * @param directory the project's Cargo workspace, whose Cargo configuration counts
     * @return the variables to run the leg with, on top of {@code environment}
     * @throws ActionNeededException naming the command that adds the target's standard library, or the package that
     *     holds a linker
     */
    public SortedMap<String, String> environmentFor(Leg leg, Map<String, String> environment, Path directory)
            throws CrossCompileException {
        Map<String, String> asked = new TreeMap<>(environment);
        asked.putAll(variables);
        asked.putAll(leg.environment());
        Command command = new Command(asked, directory);
        requireStandardLibrary(command, leg);
        new LocalPython(command).require(leg);
        new LocalZig(command).require(leg);
        SortedMap<String, String> result = new TreeMap<>(variables);
        // A linker that is named would be taken before that of cargo-zigbuild.
        if (leg.setup().glibc().isEmpty()) {
            new LocalLinker(command, searchPath(environment), cargo, host)
                    .find(leg)
                    .ifPresent(linker -> result.put(leg.target().cargoVariable("LINKER"), linker));
        }
        return result;
    }

    private void requireStandardLibrary(Command command, Leg leg) throws CrossCompileException {
        Optional<String> lacks = new Rustc(rustc, command).lacks(leg.target());
        if (lacks.isEmpty()) {
            return;
        }
        String triple = leg.target().triple();
        String remedy = variables.containsKey(RUSTUP_TOOLCHAIN)
                ? "Run: rustup target add --toolchain " + variables.get(RUSTUP_TOOLCHAIN) + " " + triple + ". Or"
                : "Install it beside " + rustc + ", or";
        throw new ActionNeededException(
                "The platform '" + leg.platform() + "' cannot be compiled on this machine: rustc "
                        + release + " has no standard library for " + triple + " (" + lacks.get() + "). " + remedy
                        + " leave the platform out of " + Parameter.PLATFORMS + ".");
    }

    private static Path tool(Map<String, String> environment, SearchPath path, String variable, String command)
            throws ActionNeededException {
        String named = environment.getOrDefault(variable, "");
        if (named.isBlank()) {
            return path.find(command)
                    .orElseThrow(() -> new ActionNeededException("There is no " + command
                            + " on this machine to compile with: looked for it in " + path.inWords() + ". "
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

    /** Where cargo looks for its commands. */
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

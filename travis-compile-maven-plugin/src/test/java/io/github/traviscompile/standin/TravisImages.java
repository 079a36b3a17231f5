package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies on the machines of {@link TravisStandIn}. On Linux it is this machine's Rust. What a Mac makes cannot be made
 * here: there a cargo of ours lays down Mach-O files that others made, and everything else of a leg is real.
 */
public final class TravisImages {

    /** Resources of jna 5.17.0 and sqlite-jdbc 3.8.11.2, the last with a thin file for 32 bit, by target. */
    private static final Map<String, String> MACH_O = Map.of(
            "x86_64-apple-darwin", "/com/sun/jna/darwin-x86-64/libjnidispatch.jnilib",
            "aarch64-apple-darwin", "/com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "i686-apple-darwin", "/org/sqlite/native/Mac/x86/libsqlitejdbc.jnilib");

    private TravisImages() {}

    /** Machines for {@code linux} and {@code osx}, with their tools below {@code directory}. */
    public static TravisMachines machines(Path directory, Duration silence) throws IOException {
        return new TravisMachines(
                Map.of("linux", linux(directory.resolve("linux")), "osx", osx(directory.resolve("osx"))),
                environment(),
                silence);
    }

    /** Puts a program into a folder. */
    public static void tool(Path directory, String name, String... lines) throws IOException {
        Path file = Files.createDirectories(directory).resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable.");
        }
    }

    /**
     * The same machines, which note the words of each call of a program that {@code script} names.
     *
     * @param calls the file that they are noted in
     */
    public static TravisMachines recording(TravisMachines machines, Path directory, String script, Path calls)
            throws IOException {
        Map<String, List<Path>> tools = new TreeMap<>();
        for (Map.Entry<String, List<Path>> system : machines.tools().entrySet()) {
            List<Path> path = new ArrayList<>(system.getValue());
            for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
                path.add(Path.of(folder));
            }
            Path recorders = directory.resolve(system.getKey());
            for (String word : new TreeSet<>(List.of(script.split("[^A-Za-z0-9_-]+")))) {
                Optional<Path> program = path.stream()
                        .map(folder -> folder.resolve(word))
                        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                        .findFirst();
                // What notes the call is bash itself.
                if (program.isPresent() && !word.equals("bash")) {
                    tool(
                            recorders,
                            word,
                            "printf '%s\\n' \"" + word + " $*\" >>'" + calls + "'",
                            "exec '" + program.get() + "' \"$@\"");
                }
            }
            tools.put(
                    system.getKey(),
                    Stream.concat(Stream.of(recorders), system.getValue().stream())
                            .toList());
        }
        return new TravisMachines(tools, machines.environment(), machines.silence());
    }

    private static List<Path> linux(Path directory) throws IOException {
        Path bin = home(".cargo").resolve("bin");
        Optional<Path> rustc = rustc();
        if (rustc.isPresent()) {
            tool(directory, "rustc", "exec '" + rustc.get() + "' \"$@\"");
        }
        if (rustc.isPresent() || !Files.isExecutable(bin.resolve("rustup"))) {
            // The machine's Rust comes from elsewhere, with all the targets that it will ever have.
            tool(directory, "rustup", "exit 0");
        }
        return List.of(directory, bin);
    }

    private static List<Path> osx(Path directory) throws IOException {
        for (Map.Entry<String, String> made : MACH_O.entrySet()) {
            try (InputStream in =
                    Objects.requireNonNull(TravisImages.class.getResourceAsStream(made.getValue()), made.getValue())) {
                Files.copy(in, Files.createDirectories(directory).resolve(made.getKey()));
            }
        }
        tool(directory, "rustup", "exit 0");
        tool(directory, "rustc", "echo 'rustc 1.41.1 (f3e1a954d 2020-02-24)'");
        tool(directory, "cargo", """
                set -euo pipefail
                data=${TRAVIS_BUILD_DIR:-$APPVEYOR_BUILD_FOLDER}/.travis-compile/${TRAVIS_JOB_NAME:-$APPVEYOR_JOB_NAME}.leg
                target=$(sed -n 's/^target=//p' "$data")
                [[ -f Cargo.toml && " $* " == *" --target $target "* ]]
                folder=$CARGO_TARGET_DIR/$target/$(sed -n 's/^profile_directory=//p' "$data")
                mkdir -p "$folder"
                sed -n 's/^output=[^ ]* [^ ]* [^ ]* //p' "$data" | while IFS= read -r file; do
                  cp "$(dirname "$0")/$target" "$folder/$file"
                done""");
        return List.of(directory);
    }

    /** On the real service rustup lies in the job's home, and a C compiler that makes files for 32 bit too. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("RUSTUP_HOME", home(".rustup").toString());
        environment.put("CARGO_HOME", home(".cargo").toString());
        rustc().ifPresent(rustc -> environment.put("RUSTC", rustc.toString()));
        for (String processor : List.of("i686", "aarch64")) {
            String linker = processor + "-linux-gnu-gcc";
            if (onPath(linker)) {
                environment.put(
                        "CARGO_TARGET_" + processor.toUpperCase(Locale.ROOT) + "_UNKNOWN_LINUX_GNU_LINKER", linker);
            }
        }
        return environment;
    }

    /** The compiler with more targets than this machine's own that continuous integration brings along. */
    private static Optional<Path> rustc() {
        return Optional.ofNullable(System.getenv("RUSTC")).map(Path::of).filter(Path::isAbsolute);
    }

    private static Path home(String name) {
        String variable = name.equals(".cargo") ? "CARGO_HOME" : "RUSTUP_HOME";
        return Optional.ofNullable(System.getenv(variable))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), name));
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

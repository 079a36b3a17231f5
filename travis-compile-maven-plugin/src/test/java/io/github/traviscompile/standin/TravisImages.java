package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies on the machines of {@link TravisStandIn}. On Linux it is this machine's Rust; for the
 * others see {@link ForeignMachines}.
 */
public final class TravisImages {

    private TravisImages() {}

    /** Machines for {@code linux}, {@code osx} and {@code windows}, with their tools below {@code directory}. */
    public static TravisMachines machines(Path directory, Duration silence) throws IOException {
        return new TravisMachines(
                Map.of(
                        "linux", linux(directory.resolve("linux")),
                        "osx", ForeignMachines.lay(directory.resolve("osx")),
                        "windows", ForeignMachines.lay(directory.resolve("windows"))),
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
        // What apt would install is there.
        tool(directory, "sudo", "exit 0");
        if (rustc.isPresent() || !Files.isExecutable(bin.resolve("rustup"))) {
            // The machine's Rust comes from elsewhere, with all the targets that it will ever have.
            tool(directory, "rustup", "exit 0");
        }
        return List.of(directory, bin);
    }

    /** On the real service rustup lies in the job's home, and a C compiler that makes files for 32 bit too. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("RUSTUP_HOME", home(".rustup").toString());
        environment.put("CARGO_HOME", home(".cargo").toString());
        rustc().ifPresent(rustc -> environment.put("RUSTC", rustc.toString()));
        for (String processor : List.of("i686", "aarch64")) {
            String linker = processor + "-linux-gnu-gcc";
            if (onPath(linker).isPresent()) {
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

    /** Where {@code program} lies on this machine. */
    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

package io.github.traviscompile.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The compilation for one platform on one service, with its settings and outputs.
 *
 * @param toolchain the Rust toolchain to request from rustup; empty takes the project's or the machine's
 * @param environment plain variables for the build, sorted by name
 * @param outputs at least one, with distinct ids and file names
 * @param wheels the settings of Python wheels, if the outputs contain any
 * @param smokeTest the test of outputs before their delivery: {@code java}, or a command for bash
 * @param setup the preparations for the leg's system
 */
public record Leg(
        Platform platform,
        Service service,
        Optional<String> toolchain,
        CargoBuild build,
        SortedMap<String, String> environment,
        List<Output> outputs,
        Optional<WheelBuild> wheels,
        Optional<String> smokeTest,
        LegSetup setup) {

    public Leg {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        outputs = List.copyOf(outputs);
        toolchain.ifPresent(Leg::requireToolchain);
        environment.forEach(Leg::requireVariable);
        smokeTest.ifPresent(Leg::requireCommand);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("The leg " + platform + " has no outputs.");
        }
        boolean hasWheels = outputs.stream().anyMatch(output -> output.kind() == OutputKind.WHEEL);
        if (hasWheels != wheels.isPresent()) {
            throw new IllegalArgumentException(
                    "The leg " + platform + " must have both wheel outputs and wheel settings, or neither.");
        }
        Set<String> seen = new HashSet<>();
        for (Output output : outputs) {
            boolean newId = seen.add("id " + output.id());
            if (!seen.add("file " + output.fileName()) || !newId) {
                throw new IllegalArgumentException(
                        "The leg " + platform + " has the output '" + output.fileName() + "' twice.");
            }
        }
    }

    /** Returns a copy for another hosted service with the same kind of machines. */
    public Leg on(Service other) {
        return new Leg(platform, other, toolchain, build, environment, outputs, wheels, smokeTest, setup);
    }

    /** Returns the id of this leg in the protocol and in logs: the platform's id. */
    public String id() {
        return platform.id();
    }

    public RustTarget target() {
        return platform.target();
    }

    /** Whether the leg calls cargo itself, and not only the build backend of wheels. */
    public boolean hasCargoOutputs() {
        return outputs.stream().anyMatch(output -> output.kind() != OutputKind.WHEEL);
    }

    private static void requireToolchain(String toolchain) {
        if (!toolchain.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException("Not the name of a Rust toolchain: '" + toolchain + "'.");
        }
    }

    private static void requireCommand(String command) {
        if (command.isBlank() || command.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Not a smoke test of one line: '" + command + "'.");
        }
    }

    private static void requireVariable(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || name.startsWith("TCMP_")) {
            throw new IllegalArgumentException("Not the name of an environment variable for a leg: '" + name + "'.");
        }
        if (value.chars().anyMatch(Character::isISOControl) || value.contains("${{")) {
            throw new IllegalArgumentException(
                    "The value of the environment variable '" + name + "' holds a control character or '${{'.");
        }
    }
}

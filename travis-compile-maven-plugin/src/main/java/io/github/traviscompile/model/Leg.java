package io.github.traviscompile.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One platform on one service, with what is built there and the outputs it owes.
 *
 * @param toolchain the Rust toolchain to ask rustup for; empty takes what the project or the machine has
 * @param environment plain variables for the build, sorted by name
 * @param outputs at least one, with distinct ids and file names
 * @param wheels how Python wheels are built, where any are owed
 * @param smokeTest what the outputs are tried with before they are delivered: {@code java}, or a command for bash
 * @param setup what is done for the leg's system
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
        boolean owesWheels = outputs.stream().anyMatch(output -> output.kind() == OutputKind.WHEEL);
        if (owesWheels != wheels.isPresent()) {
            throw new IllegalArgumentException(
                    "The leg " + platform + " owes wheels, or builds some that nobody wants.");
        }
        Set<String> seen = new HashSet<>();
        for (Output output : outputs) {
            boolean newId = seen.add("id " + output.id());
            if (!seen.add("file " + output.fileName()) || !newId) {
                throw new IllegalArgumentException("The leg " + platform + " owes '" + output.fileName() + "' twice.");
            }
        }
    }

    /** The same leg on another hosted service, whose machines are set up alike. */
    public Leg on(Service other) {
        return new Leg(platform, other, toolchain, build, environment, outputs, wheels, smokeTest, setup);
    }

    /** The id of this leg on the wire and in logs: the platform's word. */
    public String id() {
        return platform.id();
    }

    public RustTarget target() {
        return platform.target();
    }

    /** Whether cargo itself is called, or only the build backend of wheels. */
    public boolean owesCargoOutputs() {
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

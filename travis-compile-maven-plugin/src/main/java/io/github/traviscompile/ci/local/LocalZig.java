package io.github.traviscompile.ci.local;

import static io.github.traviscompile.ci.PinnedTool.CARGO_ZIGBUILD;
import static io.github.traviscompile.ci.PinnedTool.ZIG;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The linker for a chosen glibc on this machine, in its installed version. */
record LocalZig(Command command) {

    /** Checks that cargo-zigbuild finds zig. */
    void require(Leg leg) throws ActionNeededException {
        if (leg.setup().glibc().isPresent() && answer(zigs()).isEmpty()) {
            throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be linked for glibc "
                    + leg.setup().glibc().get()
                    + " on this machine: cargo-zigbuild is there, but no zig, neither on the"
                    + " PATH nor in python3. Install zig as https://ziglang.org/learn/getting-started says, or by 'pip"
                    + " install ziglang'; or leave " + Parameter.GLIBC + " out.");
        }
    }

    /** Describes the versions that a leg's linking depends on; empty without a chosen glibc. */
    String describe(Leg leg) {
        return leg.setup().glibc().isEmpty()
                ? ""
                : "\n" + answer(List.of(List.of(CARGO_ZIGBUILD, "--version"))) + "\nzig " + answer(zigs());
    }

    /** Returns the commands in the order of cargo-zigbuild (its README, "Installation"). */
    private List<List<String>> zigs() {
        List<List<String>> zigs = new ArrayList<>();
        zigs.add(List.of(
                command.environment().getOrDefault("CARGO_ZIGBUILD_PYTHON_PATH", "python3"),
                "-m",
                "ziglang",
                "version"));
        zigs.add(List.of(command.environment().getOrDefault("CARGO_ZIGBUILD_ZIG_PATH", ZIG), "version"));
        return zigs;
    }

    /** Returns the answer of the first command that starts. */
    private Optional<String> answer(List<List<String>> questions) {
        for (List<String> question : questions) {
            Optional<Path> program = program(question.get(0));
            if (program.isPresent()) {
                List<String> words = new ArrayList<>(question);
                words.set(0, program.get().toString());
                try {
                    Command.CommandResult answer = command.ask(words);
                    if (answer.succeeded() && !answer.output().isEmpty()) {
                        return Optional.of(answer.output());
                    }
                } catch (CrossCompileException e) {
                    // A command that cannot be started is skipped.
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Path> program(String name) {
        return name.contains("/")
                ? Optional.of(Path.of(name))
                : LocalToolchain.searchPath(command.environment()).find(name);
    }
}

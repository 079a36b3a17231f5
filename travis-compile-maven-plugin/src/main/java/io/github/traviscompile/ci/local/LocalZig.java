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

/** What links legs of this machine for a glibc of choice, in whichever version it is there. */
record LocalZig(Command command) {

    /** Makes sure that cargo-zigbuild finds a zig. */
    void require(Leg leg) throws ActionNeededException {
        if (leg.setup().glibc().isPresent() && answer(zigs()).isEmpty()) {
            throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be linked for glibc "
                    + leg.setup().glibc().get()
                    + " on this machine: cargo-zigbuild is there, but no zig, neither on the"
                    + " PATH nor in python3. Install zig as https://ziglang.org/learn/getting-started says, or by 'pip"
                    + " install ziglang'; or leave " + Parameter.GLIBC + " out.");
        }
    }

    /** What of these decides what a leg is like, in words; empty for a leg that is linked otherwise. */
    String describe(Leg leg) {
        return leg.setup().glibc().isEmpty()
                ? ""
                : "\n" + answer(List.of(List.of(CARGO_ZIGBUILD, "--version"))) + "\nzig " + answer(zigs());
    }

    /** In the order in which cargo-zigbuild looks for it (its README, "Installation"). */
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

    /** What the first of these that can be started says. */
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
                    // Whatever cannot be started is none.
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

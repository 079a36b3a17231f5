package io.github.traviscompile.ci.local;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WheelBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the Pythons that build the wheels of a leg, in the same order as the leg's script. */
record LocalPython(Command command) {

    private static final String VERSION = "import pip, sys; print('%d.%d' % sys.version_info[:2], sys.version)";

    /** Checks that each requested version exists with pip. */
    void require(Leg leg) throws ActionNeededException {
        for (Optional<String> version : versions(leg)) {
            if (find(version).isEmpty()) {
                throw new ActionNeededException(
                        "The wheel for '" + leg.platform() + "' cannot be built on this machine:"
                                + " there is no Python"
                                + version.map(text -> " " + text).orElse(" 3") + " with pip, neither "
                                + String.join(" nor ", candidates(version))
                                + ". Install it, and the package python3-pip (Debian, Ubuntu, Fedora), name another"
                                + " interpreter in the environment variable PYTHON, or change "
                                + Parameter.PYTHON_VERSIONS + ".");
            }
        }
    }

    /** Describes the Pythons that a leg's wheels depend on; empty for a leg without wheels. */
    String describe(Leg leg) {
        return versions(leg).stream()
                .map(version -> "\npython " + find(version))
                .collect(Collectors.joining());
    }

    private static List<Optional<String>> versions(Leg leg) {
        List<String> named = leg.wheels().map(WheelBuild::pythons).orElse(List.of());
        return leg.wheels().isPresent() && named.isEmpty()
                ? List.of(Optional.empty())
                : named.stream().map(Optional::of).toList();
    }

    private List<String> candidates(Optional<String> version) {
        List<String> names = new ArrayList<>();
        Optional.ofNullable(command.environment().get("PYTHON"))
                .filter(name -> !name.isBlank())
                .ifPresent(names::add);
        version.ifPresent(text -> names.add("python" + text));
        names.addAll(List.of("python3", "python"));
        return names;
    }

    /** Returns its full version. */
    private Optional<String> find(Optional<String> version) {
        return candidates(version).stream()
                .flatMap(name -> version(name).stream())
                .filter(found -> found.startsWith(version.orElse("3.") + (version.isPresent() ? " " : "")))
                .findFirst();
    }

    /** Returns the version; empty if the program cannot be started. */
    private Optional<String> version(String name) {
        Optional<String> path = name.contains("/")
                ? Optional.of(name)
                : SearchPath.of(command.environment()).find(name).map(Object::toString);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Command.CommandResult answer = command.ask(List.of(path.get(), "-c", VERSION));
            return answer.succeeded() ? Optional.of(answer.output()) : Optional.empty();
        } catch (CrossCompileException e) {
            return Optional.empty();
        }
    }
}

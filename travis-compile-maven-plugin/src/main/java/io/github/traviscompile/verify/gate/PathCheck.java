package io.github.traviscompile.verify.gate;

import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds directories that exist only on the machine that compiled the file. */
final class PathCheck {

    /** Directories of the system, or relative to the file itself, as {@code $ORIGIN} is. */
    private static final String PORTABLE = "(\\$ORIGIN|\\$\\{ORIGIN}|@loader_path|@executable_path|@rpath)(/.*)?"
            + "|/(usr/(local/)?)?lib(32|64)?(/.*)?|/System/Library(/.*)?|/Library/Frameworks(/.*)?";

    private static final String INTERPRETER = "/lib(32|64)?/[^/]+";

    private PathCheck() {}

    static List<Finding> check(Image image, String subject) {
        List<Finding> findings = new ArrayList<>();
        if (image instanceof Elf elf) {
            List<String> paths = Stream.concat(elf.dynamic().rpath().stream(), elf.dynamic().runpath().stream())
                    .distinct()
                    .toList();
            findings.addAll(paths(paths, "$ORIGIN", subject));
            elf.interpreter()
                    .filter(path -> !path.matches(INTERPRETER))
                    .ifPresent(path ->
                            findings.add(Finding.error(subject + " needs the interpreter " + SafeText.quoted(path)
                                    + ", which exists only on the machine that compiled it. Compile it with a"
                                    + " standard system's"
                                    + " linker, or pass -dynamic-linker in RUSTFLAGS of <environment>.")));
        } else if (image instanceof MachO machO) {
            findings.addAll(paths(machO.rpaths(), "@loader_path", subject));
        }
        return findings;
    }

    /** Checks the search paths. A relative or empty one begins at the working directory of the program's user. */
    private static List<Finding> paths(List<String> paths, String origin, String subject) {
        List<String> foreign = paths.stream()
                .filter(path -> !path.matches(PORTABLE) || (path.startsWith("/") && path.contains("/../")))
                .toList();
        return foreign.isEmpty()
                ? List.of()
                : List.of(Finding.error(subject + " looks for libraries in " + SafeText.quoted(foreign)
                        + " (rpath), which exists only on the machine that compiled it. Begin the"
                        + " path with "
                        + origin
                        + ", or remove it from the linker's arguments: in build.rs, or in RUSTFLAGS"
                        + " of <environment>."));
    }
}

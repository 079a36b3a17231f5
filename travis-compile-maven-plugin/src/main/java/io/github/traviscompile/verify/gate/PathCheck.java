package io.github.traviscompile.verify.gate;

import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for directories that exist where a file was compiled and nowhere else. */
final class PathCheck {

    /** Of the system, or, like {@code $ORIGIN}, from where the file itself lies. */
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
                            findings.add(Finding.error(subject + " asks for the interpreter " + SafeText.quoted(path)
                                    + ", which is there where it was compiled only. Compile it with a linker of a plain"
                                    + " system, or give that one -dynamic-linker in RUSTFLAGS of <environment>.")));
        } else if (image instanceof MachO machO) {
            findings.addAll(paths(machO.rpaths(), "@loader_path", subject));
        }
        return findings;
    }

    /** A path that is relative, or empty, begins at the directory of whoever runs the program. */
    private static List<Finding> paths(List<String> paths, String origin, String subject) {
        List<String> foreign = paths.stream()
                .filter(path -> !path.matches(PORTABLE) || (path.startsWith("/") && path.contains("/../")))
                .toList();
        return foreign.isEmpty()
                ? List.of()
                : List.of(
                        Finding.error(
                                subject + " looks for libraries in " + SafeText.quoted(foreign)
                                        + " (rpath), which is there where it was compiled only. Let the path begin with "
                                        + origin
                                        + ", or take it out of the linker's arguments: of build.rs, or of RUSTFLAGS in <environment>."));
    }
}

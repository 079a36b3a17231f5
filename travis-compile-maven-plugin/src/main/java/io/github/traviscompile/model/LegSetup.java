package io.github.traviscompile.model;

import java.util.List;
import java.util.Optional;

/**
 * What a leg's machine does for one system beyond what cargo is called with.
 *
 * @param rustFlags for rustc, behind the user's own; each is one word
 * @param packages to install before anything is compiled, all by one manager
 * @param glibc what cargo-zigbuild links for; empty links with what the machine has
 */
public record LegSetup(List<String> rustFlags, List<SystemPackage> packages, Optional<GlibcFloor> glibc) {

    /** Nothing. */
    public static final LegSetup NONE = new LegSetup(List.of(), List.of());

    /** Links Microsoft's C run time into what is made (The rustc book, "Static and dynamic C runtimes"). */
    public static final List<String> STATIC_CRT = List.of("-C", "target-feature=+crt-static");

    public LegSetup {
        rustFlags = List.copyOf(rustFlags);
        packages = List.copyOf(packages);
        if (packages.stream().map(SystemPackage::manager).distinct().count() > 1) {
            throw new IllegalArgumentException("A leg has one package manager, but these are of several: " + packages);
        }
        for (String flag : rustFlags) {
            if (!flag.matches("[A-Za-z0-9_=+,.-]+")) {
                throw new IllegalArgumentException("Not a flag for rustc that a leg may add: '" + flag + "'.");
            }
        }
    }

    /** What links with what the machine has. */
    public LegSetup(List<String> rustFlags, List<SystemPackage> packages) {
        this(rustFlags, packages, Optional.empty());
    }
}

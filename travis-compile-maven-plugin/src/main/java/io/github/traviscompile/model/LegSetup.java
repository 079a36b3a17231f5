package io.github.traviscompile.model;

import java.util.List;
import java.util.Optional;

/**
 * The preparations of a leg's machine for one system, in addition to cargo's arguments.
 *
 * @param rustFlags for rustc, after the user's own; each is one word
 * @param packages to install before the compilation, all by one manager
 * @param glibc the version that cargo-zigbuild links for; if empty, the machine's linker links
 */
public record LegSetup(List<String> rustFlags, List<SystemPackage> packages, Optional<GlibcFloor> glibc) {

    /** No preparations. */
    public static final LegSetup NONE = new LegSetup(List.of(), List.of());

    /** Links Microsoft's C run time statically (The rustc book, "Static and dynamic C runtimes"). */
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

    /** Leaves linking to the machine's linker. */
    public LegSetup(List<String> rustFlags, List<SystemPackage> packages) {
        this(rustFlags, packages, Optional.empty());
    }
}

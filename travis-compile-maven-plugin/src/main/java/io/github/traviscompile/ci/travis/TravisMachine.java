package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RustTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The machines of Travis CI that legs run on (docs.travis-ci.com, "CI Environment Overview", "Building on Multiple CPU
 * Architectures"; the words are held by the schema of travis-ci/travis-yml).
 */
enum TravisMachine {
    /** Ubuntu 20.04: the oldest image with a curl and a glibc that serve, so that the outputs run on most systems. */
    LINUX(Map.of("os", "linux", "dist", "focal", "arch", "amd64")),
    /** {@code arm64} alone is for public repositories only, this one for all; it is a full machine in the group edge. */
    LINUX_ARM(Map.of("os", "linux", "dist", "focal", "arch", "arm64-graviton2", "virt", "vm", "group", "edge")),
    /** The last image with an SDK for 32 bit; hosted Travis CI has no machine for it since 2025-03-31. */
    OSX_32(Map.of("os", "osx", "osx_image", "xcode9.4")),
    /** The last image that the service had, whose SDK has both of today's architectures. */
    OSX(Map.of("os", "osx", "osx_image", "xcode14.2")),
    WINDOWS(Map.of("os", "windows"));

    private static final String WINDOWS_HOST = "x86_64-pc-windows-msvc";

    private final SortedMap<String, String> keys;

    TravisMachine(Map<String, String> keys) {
        this.keys = new TreeMap<>(keys);
    }

    static Optional<TravisMachine> of(Platform platform) {
        return switch (platform) {
            case LINUX_X86_64, LINUX_X86_32, LINUX_X86_64_MUSL -> Optional.of(LINUX);
            case LINUX_AARCH_64, LINUX_AARCH_64_MUSL -> Optional.of(LINUX_ARM);
            case OSX_X86_32 -> Optional.of(OSX_32);
            case OSX_X86_64, OSX_AARCH_64 -> Optional.of(OSX);
            case WINDOWS_X86_64, WINDOWS_X86_32 -> Optional.of(WINDOWS);
            default -> Optional.empty();
        };
    }

    /** The keys of a job that choose the machine. */
    Map<String, String> keys() {
        return new LinkedHashMap<>(keys);
    }

    boolean isMac() {
        return this == OSX || this == OSX_32;
    }

    /** What {@code rust} says: rustup-init takes MinGW's toolchain on Windows unless the whole name is given. */
    String toolchain(Leg leg) {
        String name = leg.toolchain().orElse("stable");
        boolean complete = name.matches(".*-(pc|unknown|apple)-.*");
        return this == WINDOWS && !complete ? name + "-" + WINDOWS_HOST : name;
    }

    /** What apt installs for the target. */
    static List<String> packages(Platform platform) {
        return switch (platform) {
            case LINUX_X86_32 -> List.of("gcc-multilib");
            case LINUX_X86_64_MUSL, LINUX_AARCH_64_MUSL -> List.of("musl-tools");
            default -> List.of();
        };
    }

    /** Variables of the job: without {@code -crt-static}, rustc links for musl with the system's compiler otherwise. */
    static SortedMap<String, String> variables(Platform platform) {
        RustTarget target = platform.target();
        return target.libc().equals(Optional.of(LibcFamily.MUSL))
                ? new TreeMap<>(Map.of(target.cargoVariable("LINKER"), "musl-gcc"))
                : new TreeMap<>();
    }
}

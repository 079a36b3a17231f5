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
 * Travis CI's machines for legs (docs.travis-ci.com, "CI Environment Overview", "Building on Multiple CPU
 * Architectures"). The words are those of the schema in travis-ci/travis-yml.
 */
enum TravisMachine {
    /** Ubuntu 20.04: the oldest image with a sufficient curl and glibc, so that the outputs run on most systems. */
    LINUX(Map.of("os", "linux", "dist", "focal", "arch", "amd64")),
    /**
     * {@code arm64} is for public repositories only, {@code arm64-graviton2} for all; it is a full machine in the group
     * edge.
     */
    LINUX_ARM(Map.of("os", "linux", "dist", "focal", "arch", "arm64-graviton2", "virt", "vm", "group", "edge")),
    /** The last image with an SDK for 32 bit; hosted Travis CI has no machine for it since 2025-03-31. */
    OSX_32(Map.of("os", "osx", "osx_image", "xcode9.4")),
    /** The service's last image; its SDK has both current architectures. */
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

    /** Returns the keys of a job that choose the machine. */
    Map<String, String> keys() {
        return new LinkedHashMap<>(keys);
    }

    boolean isMac() {
        return this == OSX || this == OSX_32;
    }

    /**
     * Returns the value of {@code rust}: on Windows rustup-init takes MinGW's toolchain unless the name is complete.
     */
    String toolchain(Leg leg) {
        String name = leg.toolchain().orElse("stable");
        boolean complete = name.matches(".*-(pc|unknown|apple)-.*");
        return this == WINDOWS && !complete ? name + "-" + WINDOWS_HOST : name;
    }

    /** Returns the packages of apt for the target. */
    static List<String> packages(Platform platform) {
        return switch (platform) {
            case LINUX_X86_32 -> List.of("gcc-multilib");
            case LINUX_X86_64_MUSL, LINUX_AARCH_64_MUSL -> List.of("musl-tools");
            default -> List.of();
        };
    }

    /**
     * Returns variables of the job. They set the linker: with {@code crt-static} off, rustc would link for musl with
     * the system's compiler.
     */
    static SortedMap<String, String> variables(Platform platform) {
        RustTarget target = platform.target();
        return target.libc().equals(Optional.of(LibcFamily.MUSL))
                ? new TreeMap<>(Map.of(target.cargoVariable("LINKER"), "musl-gcc"))
                : new TreeMap<>();
    }
}

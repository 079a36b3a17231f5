package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.VersionNeed;
import io.github.traviscompile.verify.wheel.PlatformTag.TagSystem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The libraries of a Linux that supports manylinux or musllinux wheels (PEP 600, PEP 656). The libraries and their
 * versions by level come from auditwheel: {@code manylinux-policy.json} and {@code musllinux-policy.json}, as of August
 * 2026. If architectures differ, the later level counts for all.
 */
final class LinuxPolicy {

    /**
     * A library version that a binary needs.
     *
     * @param level the manylinux level that has it; empty if no known level does
     * @param what for example {@code GLIBC_2.34 of libc.so.6}
     */
    record Need(Optional<Version> level, String what) {}

    private static final Set<String> MANYLINUX = Set.of(
            "libatomic.so.1",
            "libgcc_s.so.1",
            "libstdc++.so.6",
            "libm.so.6",
            "libanl.so.1",
            "libdl.so.2",
            "librt.so.1",
            "libc.so.6",
            "libnsl.so.1",
            "libutil.so.1",
            "libpthread.so.0",
            "libX11.so.6",
            "libXext.so.6",
            "libXrender.so.1",
            "libICE.so.6",
            "libSM.so.6",
            "libGL.so.1",
            "libgobject-2.0.so.0",
            "libgthread-2.0.so.0",
            "libglib-2.0.so.0",
            "libresolv.so.2",
            "libexpat.so.1",
            "libz.so.1",
            "libmvec.so.1");

    private static final Set<String> MUSLLINUX = Set.of("libc.so", "libz.so.1");

    /** The loader, which is present wherever the C library is. */
    private static final String LOADER =
            "ld-linux.*\\.so\\.[0-9]|ld64\\.so\\.[0-9]|ld-musl-.*\\.so\\.1|libc\\.musl-.*\\.so\\.1";

    /** Pairs of a level and its highest version, by family. */
    private static final Map<String, List<String>> LEVELS = Map.of(
            "GLIBCXX",
            List.of(
                    "2.5 3.4.8",
                    "2.12 3.4.13",
                    "2.17 3.4.19",
                    "2.24 3.4.22",
                    "2.27 3.4.24",
                    "2.31 3.4.28",
                    "2.34 3.4.29",
                    "2.35 3.4.30",
                    "2.39 3.4.33"),
            "CXXABI",
            List.of(
                    "2.5 1.3.1",
                    "2.12 1.3.3",
                    "2.17 1.3.7",
                    "2.24 1.3.10",
                    "2.27 1.3.11",
                    "2.31 1.3.12",
                    "2.34 1.3.13",
                    "2.39 1.3.15"),
            "GCC",
            List.of("2.5 4.2.0", "2.12 4.3.0", "2.17 4.7.0", "2.24 4.8.0", "2.27 7.0.0", "2.35 11.0", "2.39 14.0.0"),
            "ZLIB",
            List.of("2.12 1.2.2.4", "2.17 1.2.5.2", "2.27 1.2.9", "2.37 1.2.12"),
            "LIBATOMIC",
            List.of("2.17 1.0", "2.24 1.2"));

    /** The oldest glibc that installers support on x86, and elsewhere (PEP 600, "Core definition"). */
    private static final Version OLDEST_X86 = Version.parse("2.5").orElseThrow();

    private static final Version OLDEST = Version.parse("2.17").orElseThrow();

    /** The version of musl. No symbol shows it; all Rust targets link 1.2 since 1.71. */
    static final Version MUSL = Version.parse("1.2").orElseThrow();

    private LinuxPolicy() {}

    static boolean has(TagSystem family, String library) {
        Set<String> libraries = family == TagSystem.MUSLLINUX ? MUSLLINUX : MANYLINUX;
        return libraries.contains(library) || library.matches(LOADER);
    }

    /** Returns the library versions that {@code elf} requires and that decide the manylinux level. */
    static List<Need> needs(Elf elf) {
        List<Need> needs = new ArrayList<>();
        for (VersionNeed version : elf.dynamic().versions()) {
            if (version.weak()) {
                continue;
            }
            String what = version.name() + " of " + version.library();
            version.in("GLIBC").ifPresent(glibc -> needs.add(new Need(Optional.of(glibc), what)));
            LEVELS.forEach((family, levels) ->
                    version.in(family).ifPresent(number -> needs.add(new Need(level(levels, number), what))));
        }
        return needs;
    }

    private static Optional<Version> level(List<String> levels, Version number) {
        return levels.stream()
                .map(pair -> pair.split(" "))
                .filter(pair -> Version.parse(pair[1]).orElseThrow().compareTo(number) >= 0)
                .findFirst()
                .flatMap(pair -> Version.parse(pair[0]));
    }

    /** Returns the manylinux level that has everything {@code elves} need; empty if no known level does. */
    static Optional<Version> measure(List<Elf> elves, Cpu cpu) {
        List<Need> needs = elves.stream().flatMap(elf -> needs(elf).stream()).toList();
        Version oldest = cpu == Cpu.X86_64 || cpu == Cpu.X86_32 ? OLDEST_X86 : OLDEST;
        return needs.stream().anyMatch(need -> need.level().isEmpty())
                ? Optional.empty()
                : Optional.of(needs.stream()
                        .flatMap(need -> need.level().stream())
                        .max(Comparator.naturalOrder())
                        .filter(level -> level.compareTo(oldest) > 0)
                        .orElse(oldest));
    }
}

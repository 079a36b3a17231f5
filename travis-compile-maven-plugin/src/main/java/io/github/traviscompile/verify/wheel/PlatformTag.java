package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RustTarget;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.gate.OldestSystem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One platform tag of a wheel (Python Packaging User Guide, "Platform compatibility tags"; PEP 600 for manylinux, PEP
 * 656 for musllinux).
 *
 * @param level the oldest glibc, musl or macOS that runs it; empty if the tag names none
 * @param cpus its processors; several for universal files
 */
record PlatformTag(String text, TagSystem family, Optional<Version> level, List<Cpu> cpus) {

    /** The system of a tag. */
    enum TagSystem {
        /** Every system: the wheel has no machine code. */
        ANY,
        /** The Linux that compiled it; others are unknown. */
        LINUX,
        MANYLINUX,
        MUSLLINUX,
        MACOS,
        WINDOWS
    }

    private static final Map<String, List<Cpu>> MACOS = Map.of(
            "x86_64", List.of(Cpu.X86_64),
            "arm64", List.of(Cpu.AARCH_64),
            "universal2", List.of(Cpu.X86_64, Cpu.AARCH_64),
            "i386", List.of(Cpu.X86_32),
            "intel", List.of(Cpu.X86_32, Cpu.X86_64));

    private static final Map<String, Cpu> WINDOWS =
            Map.of("win32", Cpu.X86_32, "win_amd64", Cpu.X86_64, "win_arm64", Cpu.AARCH_64);

    /** The names of manylinux before PEP 600 (PEP 513, 571 and 599). */
    private static final Map<String, String> LEGACY =
            Map.of("manylinux1", "2.5", "manylinux2010", "2.12", "manylinux2014", "2.17");

    private static final Pattern FORM = Pattern.compile(
            "(?<system>linux|manylinux(?:1|2010|2014)|(?:manylinux|musllinux|macosx)_(?<major>[0-9]{1,3})_(?<minor>[0-9]{1,3}))"
                    + "_(?<cpu>[a-z0-9_]+)");

    PlatformTag {
        cpus = List.copyOf(cpus);
    }

    /** Parses a tag; empty if neither PyPI nor pip knows it. */
    static Optional<PlatformTag> parse(String text) {
        if (text.equals("any")) {
            return Optional.of(new PlatformTag(text, TagSystem.ANY, Optional.empty(), List.of()));
        }
        if (WINDOWS.containsKey(text)) {
            return Optional.of(new PlatformTag(text, TagSystem.WINDOWS, Optional.empty(), List.of(WINDOWS.get(text))));
        }
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        String word = found.group("system");
        String number = found.group("major") == null
                ? LEGACY.getOrDefault(word, "")
                : found.group("major") + "." + found.group("minor");
        List<Cpu> cpus = word.startsWith("macosx")
                ? MACOS.getOrDefault(found.group("cpu"), List.of())
                : Cpu.ofMachine(found.group("cpu")).stream().toList();
        return cpus.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlatformTag(text, family(word), Version.parse(number), cpus));
    }

    private static TagSystem family(String word) {
        if (word.equals("linux")) {
            return TagSystem.LINUX;
        }
        if (word.startsWith("macosx")) {
            return TagSystem.MACOS;
        }
        return word.startsWith("musllinux") ? TagSystem.MUSLLINUX : TagSystem.MANYLINUX;
    }

    /** Returns the manylinux or musllinux tag for {@code level}. */
    static String linux(TagSystem family, Version level, Cpu cpu) {
        return (family == TagSystem.MUSLLINUX ? "musllinux_" : "manylinux_")
                + level.toString().replace('.', '_') + "_" + architecture(cpu);
    }

    /** Returns the first name before PEP 600 that has {@code level}, for installers that know only those. */
    static Optional<String> legacy(Version level, Cpu cpu) {
        return LEGACY.entrySet().stream()
                .filter(entry -> Version.parse(entry.getValue()).orElseThrow().compareTo(level) >= 0)
                .min(Map.Entry.comparingByValue((left, right) -> Version.parse(left)
                        .orElseThrow()
                        .compareTo(Version.parse(right).orElseThrow())))
                .map(entry -> entry.getKey() + "_" + architecture(cpu));
    }

    private static String architecture(Cpu cpu) {
        return cpu.machine().orElseThrow();
    }

    /** Returns the system of {@link #level}; empty if the tag names none. */
    Optional<OldestSystem> oldestSystem() {
        return level.map(version -> new OldestSystem(
                switch (family) {
                    case MANYLINUX -> "glibc";
                    case MUSLLINUX -> "musl";
                    case MACOS -> OperatingSystem.MACOS.toString();
                    case ANY, LINUX, WINDOWS -> throw new IllegalStateException("A level of " + text + ".");
                },
                version));
    }

    boolean isLinux() {
        return switch (family) {
            case LINUX, MANYLINUX, MUSLLINUX -> true;
            case ANY, MACOS, WINDOWS -> false;
        };
    }

    /** Returns whether wheels with this tag run on {@code platform}, or may run there, as those of plain Linux. */
    boolean fits(Platform platform) {
        RustTarget target = platform.target();
        boolean system = switch (family) {
            case ANY -> true;
            case LINUX -> target.system() == OperatingSystem.LINUX;
            case MANYLINUX -> target.libc().equals(Optional.of(LibcFamily.GLIBC));
            case MUSLLINUX -> target.libc().equals(Optional.of(LibcFamily.MUSL));
            case MACOS -> target.system() == OperatingSystem.MACOS;
            case WINDOWS -> target.system() == OperatingSystem.WINDOWS;
        };
        return system && (cpus.isEmpty() || cpus.contains(target.cpu()));
    }

    /** Returns the matching platforms of this plugin for one processor. */
    List<Platform> platforms(Cpu cpu) {
        return Arrays.stream(Platform.values())
                .filter(platform -> fits(platform) && platform.target().cpu() == cpu)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.github.traviscompile.verify.binary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The C library that an ELF file needs.
 *
 * @param evidence the evidence in the file, as the end of a sentence: "it needs libc.so.6"
 */
public record Libc(Family family, String evidence) {

    /** The C libraries that are told apart. */
    public enum Family {
        GLIBC,
        MUSL,
        /** Android's. */
        BIONIC,
        /** An executable that carries all it needs. */
        STATIC,
        /** A library or an object file that asks for none by name. */
        NONE,
        UNKNOWN;

        /** As in a sentence. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Libraries whose content musl keeps inside {@code libc.so}. A file that needs them by these names runs on Android.
     */
    private static final Set<String> ANDROID = Set.of("liblog.so", "libandroid.so", "libdl.so", "libm.so");

    /** Finds the C library. Like bionic, musl calls its library {@code libc.so} unless a distribution renamed it. */
    static Libc of(Elf elf) {
        ElfDynamic dynamic = elf.dynamic();
        String interpreter = elf.interpreter().orElse("");
        String loader = interpreter.substring(interpreter.lastIndexOf('/') + 1);
        if (elf.notes().stream().anyMatch(note -> note.os().equals(Optional.of(OperatingSystem.ANDROID)))) {
            return new Libc(Family.BIONIC, "it has Android's note");
        }
        Optional<VersionNeed> glibc = dynamic.versions().stream()
                .filter(need -> need.name().startsWith("GLIBC_"))
                .findFirst();
        if (glibc.isPresent()) {
            return needs(Family.GLIBC, glibc.get().name() + " of " + glibc.get().library());
        }
        if (loader.startsWith("ld-musl-")) {
            return new Libc(Family.MUSL, "its interpreter is " + interpreter);
        }
        if (loader.startsWith("ld-linux") || loader.startsWith("ld64.so")) {
            return new Libc(Family.GLIBC, "its interpreter is " + interpreter);
        }
        if (loader.startsWith("linker")) {
            return new Libc(Family.BIONIC, "its interpreter is " + interpreter);
        }
        return byNeeded(dynamic.needed())
                .orElseGet(() -> dynamic.needed().isEmpty() && interpreter.isEmpty()
                        ? standingAlone(elf.type())
                        : new Libc(Family.UNKNOWN, "it needs no C library that is known"));
    }

    private static Optional<Libc> byNeeded(List<String> needed) {
        for (String library : needed) {
            if (library.startsWith("libc.musl-")) {
                return Optional.of(needs(Family.MUSL, library));
            }
            if (library.equals("libc.so.6")) {
                return Optional.of(needs(Family.GLIBC, library));
            }
        }
        if (!needed.contains("libc.so")) {
            return Optional.empty();
        }
        return Optional.of(needed.stream()
                .filter(ANDROID::contains)
                .findFirst()
                .map(android -> needs(Family.BIONIC, "libc.so and " + android))
                .orElseGet(() -> needs(Family.MUSL, "libc.so")));
    }

    private static Libc standingAlone(FileType type) {
        return type == FileType.EXECUTABLE
                ? new Libc(Family.STATIC, "it has no interpreter and needs no library")
                : new Libc(Family.NONE, "it needs no library");
    }

    private static Libc needs(Family family, String what) {
        return new Libc(family, "it needs " + what);
    }

    OperatingSystem os() {
        return switch (family) {
            case GLIBC, MUSL -> OperatingSystem.LINUX;
            case BIONIC -> OperatingSystem.ANDROID;
            case STATIC, NONE, UNKNOWN -> OperatingSystem.UNKNOWN;
        };
    }
}

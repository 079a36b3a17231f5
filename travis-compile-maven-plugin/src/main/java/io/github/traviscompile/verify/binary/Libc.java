package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.OperatingSystem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The C library that an ELF file needs.
 *
 * @param evidence the evidence in the file, as the end of a sentence: "it needs libc.so.6"
 */
public record Libc(LibcFamily family, String evidence) {

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
            return new Libc(LibcFamily.BIONIC, "it has Android's note");
        }
        Optional<VersionNeed> glibc = dynamic.versions().stream()
                .filter(need -> need.name().startsWith("GLIBC_"))
                .findFirst();
        if (glibc.isPresent()) {
            return needs(
                    LibcFamily.GLIBC, glibc.get().name() + " of " + glibc.get().library());
        }
        if (loader.startsWith("ld-musl-")) {
            return new Libc(LibcFamily.MUSL, "its interpreter is " + interpreter);
        }
        if (loader.startsWith("ld-linux") || loader.startsWith("ld64.so")) {
            return new Libc(LibcFamily.GLIBC, "its interpreter is " + interpreter);
        }
        if (loader.startsWith("linker")) {
            return new Libc(LibcFamily.BIONIC, "its interpreter is " + interpreter);
        }
        return byNeeded(dynamic.needed())
                .orElseGet(() -> dynamic.needed().isEmpty() && interpreter.isEmpty()
                        ? standingAlone(elf.type())
                        : new Libc(LibcFamily.UNKNOWN, "it needs no C library that is known"));
    }

    private static Optional<Libc> byNeeded(List<String> needed) {
        for (String library : needed) {
            if (library.startsWith("libc.musl-")) {
                return Optional.of(needs(LibcFamily.MUSL, library));
            }
            if (library.equals("libc.so.6")) {
                return Optional.of(needs(LibcFamily.GLIBC, library));
            }
        }
        if (!needed.contains("libc.so")) {
            return Optional.empty();
        }
        return Optional.of(needed.stream()
                .filter(ANDROID::contains)
                .findFirst()
                .map(android -> needs(LibcFamily.BIONIC, "libc.so and " + android))
                .orElseGet(() -> needs(LibcFamily.MUSL, "libc.so")));
    }

    private static Libc standingAlone(FileType type) {
        return type == FileType.EXECUTABLE
                ? new Libc(LibcFamily.STATIC, "it has no interpreter and needs no library")
                : new Libc(LibcFamily.NONE, "it needs no library");
    }

    private static Libc needs(LibcFamily family, String what) {
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

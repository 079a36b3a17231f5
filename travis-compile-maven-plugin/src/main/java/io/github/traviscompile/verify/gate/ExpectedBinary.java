package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Cpu;
import io.github.traviscompile.verify.binary.FileType;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.Libc;
import io.github.traviscompile.verify.binary.OperatingSystem;
import java.util.Optional;

/**
 * The demands of a platform on a binary, derived from its Rust target.
 *
 * @param format the format of a linker's output
 * @param objects the format of object files
 * @param libc the C library, if the platform has several
 */
record ExpectedBinary(Cpu cpu, OperatingSystem os, String format, String objects, Optional<Libc.Family> libc) {

    static ExpectedBinary of(Platform platform) {
        String triple = platform.target().triple();
        Cpu cpu = cpu(triple);
        if (triple.contains("-apple-")) {
            return new ExpectedBinary(cpu, OperatingSystem.MACOS, "Mach-O", "Mach-O", Optional.empty());
        }
        if (triple.contains("-windows-")) {
            return new ExpectedBinary(cpu, OperatingSystem.WINDOWS, "PE", "COFF", Optional.empty());
        }
        Libc.Family libc = triple.contains("-musl") ? Libc.Family.MUSL : Libc.Family.GLIBC;
        return new ExpectedBinary(cpu, OperatingSystem.LINUX, "ELF", "ELF", Optional.of(libc));
    }

    private static Cpu cpu(String triple) {
        return switch (triple.substring(0, triple.indexOf('-'))) {
            case "x86_64" -> Cpu.X86_64;
            case "i686" -> Cpu.X86_32;
            case "aarch64" -> Cpu.AARCH_64;
            default -> throw new IllegalArgumentException("No CPU is known for the Rust target " + triple + ".");
        };
    }

    /** Returns whether {@code image} is of this kind and for this platform. A file that names no system is accepted. */
    boolean takes(Image image, OutputKind kind) {
        return image.format().equals(format)
                && image.cpu() == cpu
                && image.type() == type(kind)
                && (image.os() == os || image.os() == OperatingSystem.UNKNOWN);
    }

    /** Returns whether {@code object} may be part of a static library for this platform. */
    boolean takes(Image object) {
        return object.format().equals(objects) && object.cpu() == cpu;
    }

    /** Describes the expected file, for example "an ELF shared library for x86_64 on Linux". */
    String wanted(OutputKind kind) {
        return kind == OutputKind.STATICLIB
                ? "an ar archive of " + objects + " object files for " + cpu
                : described(format, type(kind), cpu, os);
    }

    /** Describes {@code image} in the same form. */
    static String described(Image image) {
        return described(image.format(), image.type(), image.cpu(), image.os());
    }

    private static String described(String format, FileType type, Cpu cpu, OperatingSystem os) {
        return (format.equals("ELF") ? "an " : "a ") + format + " " + type + " for " + cpu + " on " + os;
    }

    private static FileType type(OutputKind kind) {
        return switch (kind) {
            case BIN -> FileType.EXECUTABLE;
            case CDYLIB, DYLIB -> FileType.SHARED_LIBRARY;
            case STATICLIB -> FileType.OBJECT;
            // A wheel contains binaries but is not one, so no binary matches.
            case WHEEL -> FileType.OTHER;
        };
    }
}

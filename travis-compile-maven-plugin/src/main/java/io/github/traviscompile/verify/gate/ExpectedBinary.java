package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.RustTarget;
import io.github.traviscompile.verify.binary.FileType;
import io.github.traviscompile.verify.binary.Image;
import java.util.Optional;

/**
 * The demands of a platform on a binary, derived from its Rust target.
 *
 * @param format the format of a linker's output
 * @param objects the format of object files
 * @param libc the C library, if the platform has several
 */
record ExpectedBinary(Cpu cpu, OperatingSystem os, String format, String objects, Optional<LibcFamily> libc) {

    static ExpectedBinary of(RustTarget target) {
        if (target.cpu() == Cpu.UNKNOWN) {
            throw new IllegalArgumentException("No CPU is known for the Rust target " + target + ".");
        }
        String format = switch (target.naming()) {
            case ELF -> "ELF";
            case MACH_O -> "Mach-O";
            case WINDOWS_MSVC, WINDOWS_GNU -> "PE";
        };
        return new ExpectedBinary(
                target.cpu(), target.system(), format, format.equals("PE") ? "COFF" : format, target.libc());
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

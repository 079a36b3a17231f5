package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An executable or library of Windows (Microsoft's PE Format).
 *
 * @param bits 32 or 64
 * @param machine of the COFF header
 * @param hybrid whether it holds ARM64EC code in addition to that of {@code machine}
 * @param characteristics the flags of the COFF header
 * @param subsystem 2 for a graphical program, 3 for a console program
 * @param imports the DLLs needed when it is loaded
 * @param delayImports the DLLs needed at the first call
 */
public record Pe(
        int bits,
        int machine,
        boolean hybrid,
        int characteristics,
        int subsystem,
        List<String> imports,
        List<String> delayImports,
        SymbolNames exports)
        implements Image {

    private static final int EXECUTABLE_IMAGE = 0x0002;
    private static final int DLL = 0x2000;

    /** Microsoft's C and C++ run time in its generations; the last is part of Windows since 10. */
    private static final String RUN_TIME =
            "(vcruntime|msvcp|concrt|vcomp|vccorlib)[0-9].*|msvcr[0-9]+d?\\.dll|msvcrtd?\\.dll|ucrtbased?\\.dll|api-ms-win-crt-.*";

    public Pe {
        imports = List.copyOf(imports);
        delayImports = List.copyOf(delayImports);
    }

    @Override
    public String format() {
        return "PE";
    }

    /** Returns the processor. A hybrid marked x86_64 runs on ARM only; one marked ARM64 has code for each. */
    @Override
    public Cpu cpu() {
        Cpu cpu = CpuCodes.ofCoff(machine);
        if (hybrid && cpu == Cpu.X86_64) {
            return Cpu.ARM64EC;
        }
        return hybrid && cpu == Cpu.AARCH_64 ? Cpu.ARM64X : cpu;
    }

    /** Derives the system from the subsystem (PE Format, "Windows Subsystem"). */
    @Override
    public OperatingSystem os() {
        return switch (subsystem) {
            case 2, 3 -> OperatingSystem.WINDOWS;
            case 9 -> OperatingSystem.WINDOWS_CE;
            default -> OperatingSystem.OTHER_PE;
        };
    }

    @Override
    public FileType type() {
        if ((characteristics & DLL) != 0) {
            return FileType.SHARED_LIBRARY;
        }
        return (characteristics & EXECUTABLE_IMAGE) != 0 ? FileType.EXECUTABLE : FileType.OTHER;
    }

    /** Returns both kinds of imports. */
    @Override
    public List<String> needed() {
        return Stream.concat(imports.stream(), delayImports.stream()).distinct().toList();
    }

    /** Returns the imported DLLs of the C and C++ run time; none if the run time is linked statically. */
    public List<String> runTime() {
        return needed().stream().filter(Pe::isRunTime).toList();
    }

    public static boolean isRunTime(String dll) {
        return dll.toLowerCase(Locale.ROOT).matches(RUN_TIME);
    }
}

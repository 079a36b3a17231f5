package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A Mach-O file for one processor ({@code mach-o/loader.h}).
 *
 * @param bits 32 or 64
 * @param cpuType the processor type of the header
 * @param cpuSubtype the processor subtype of the header, with its flags
 * @param fileType the file type of the header
 * @param system its target system, if it names one
 * @param installName the name under which other files need it
 * @param needed all libraries, including optional ones
 * @param rpaths the directories that {@code @rpath} stands for
 * @param signed whether it carries a signature; the signer and validity are not checked
 * @param imports the names it imports
 */
public record MachO(
        int bits,
        ByteOrder order,
        int cpuType,
        int cpuSubtype,
        int fileType,
        Optional<AppleSystem> system,
        Optional<String> installName,
        List<String> needed,
        List<String> rpaths,
        boolean signed,
        SymbolNames exports,
        SymbolNames imports)
        implements Image {

    static final int OBJECT = 1;
    private static final int EXECUTE = 2;
    private static final int DYLIB = 6;
    private static final int BUNDLE = 8;

    public MachO {
        needed = List.copyOf(needed);
        rpaths = List.copyOf(rpaths);
    }

    @Override
    public String format() {
        return "Mach-O";
    }

    @Override
    public Cpu cpu() {
        return CpuCodes.ofMachO(cpuType, cpuSubtype);
    }

    /**
     * Returns the system. Files older than the load commands that name one are for macOS, the only system of that time.
     */
    @Override
    public OperatingSystem os() {
        return system.map(AppleSystem::os).orElse(OperatingSystem.MACOS);
    }

    @Override
    public FileType type() {
        return switch (fileType) {
            case OBJECT -> FileType.OBJECT;
            case EXECUTE -> FileType.EXECUTABLE;
            case DYLIB, BUNDLE -> FileType.SHARED_LIBRARY;
            default -> FileType.OTHER;
        };
    }
}

package io.github.traviscompile.verify.binary;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A Mach-O file for one processor ({@code mach-o/loader.h}).
 *
 * @param bits 32 or 64
 * @param cpuType of the header
 * @param cpuSubtype of the header, with its flags
 * @param fileType of the header
 * @param system what it was made for, if it says so
 * @param installName the name under which others ask for it
 * @param needed all libraries, those it can do without included
 * @param rpaths where {@code @rpath} leads
 * @param signed whether it carries a signature; whose and whether it is right is not looked at
 * @param imports the names it takes from others
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
        return Cpu.ofMachO(cpuType, cpuSubtype);
    }

    /** Files older than the load commands that name a system are macOS's: it was the only one. */
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

package io.github.traviscompile.verify.binary;

import java.util.List;
import java.util.Optional;

/**
 * The requirements and exports in the dynamic section of an ELF file; all empty without that section.
 *
 * @param flags {@code DT_FLAGS_1}
 * @param soname the name under which other files need it
 * @param rpath the directories of {@code DT_RPATH}, one per element
 * @param runpath the directories of {@code DT_RUNPATH}, one per element
 * @param versions the symbol versions it needs, {@code .gnu.version_r}
 * @param imports the names it imports
 */
public record ElfDynamic(
        long flags,
        List<String> needed,
        Optional<String> soname,
        List<String> rpath,
        List<String> runpath,
        List<VersionNeed> versions,
        SymbolNames exports,
        SymbolNames imports) {

    static final ElfDynamic NONE = new ElfDynamic(
            0, List.of(), Optional.empty(), List.of(), List.of(), List.of(), SymbolNames.NONE, SymbolNames.NONE);

    private static final long PIE = 0x0800_0000;

    public ElfDynamic {
        needed = List.copyOf(needed);
        rpath = List.copyOf(rpath);
        runpath = List.copyOf(runpath);
        versions = List.copyOf(versions);
    }

    /** Returns {@code DF_1_PIE}, which binutils sets since 2.26, for static executables too. */
    public boolean isPositionIndependentExecutable() {
        return (flags & PIE) != 0;
    }
}

package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Version;
import java.util.Optional;

/**
 * A library version that an ELF file needs (Linux Standard Base, "Symbol Versioning", Version Requirements).
 *
 * @param library for example {@code libc.so.6}
 * @param name for example {@code GLIBC_2.17}
 * @param weak whether the loader only warns if the library lacks it
 */
public record VersionNeed(String library, String name, boolean weak) {

    /** The marker of packed relative relocations, introduced in this release (the GNU C Library's NEWS for 2.36). */
    private static final String RELATIVE = "GLIBC_ABI_DT_RELR";

    /**
     * Returns the number in {@code name} if it belongs to {@code family}: 2.17 in {@code GLIBC_2.17} for {@code GLIBC}.
     */
    public Optional<Version> in(String family) {
        if (family.equals("GLIBC") && name.equals(RELATIVE)) {
            return Version.parse("2.36");
        }
        return name.startsWith(family + "_") ? Version.parse(name.substring(family.length() + 1)) : Optional.empty();
    }
}

package io.github.traviscompile.verify.binary;

import java.util.Optional;

/**
 * A note of an ELF file that may tell its system.
 *
 * @param owner for example {@code GNU}
 * @param type as the owner counts
 * @param first the first four bytes of what it says, or -1 where it says less
 */
public record ElfNote(String owner, long type, long first) {

    /** Type 1 is the identification of the system for all of these (each system's {@code elf_common.h} or {@code elf.h}). */
    Optional<OperatingSystem> os() {
        if (type != 1) {
            return Optional.empty();
        }
        return switch (owner) {
            case "Android" -> Optional.of(OperatingSystem.ANDROID);
            case "FreeBSD" -> Optional.of(OperatingSystem.FREEBSD);
            case "NetBSD" -> Optional.of(OperatingSystem.NETBSD);
            case "OpenBSD" -> Optional.of(OperatingSystem.OPENBSD);
            case "DragonFly" -> Optional.of(OperatingSystem.DRAGONFLY);
            case "GNU" -> gnu();
            default -> Optional.empty();
        };
    }

    /** NT_GNU_ABI_TAG (Linux Standard Base, "Note section"). */
    private Optional<OperatingSystem> gnu() {
        if (first == 0) {
            return Optional.of(OperatingSystem.LINUX);
        }
        if (first == 1) {
            return Optional.of(OperatingSystem.HURD);
        }
        return first == 2 ? Optional.of(OperatingSystem.SOLARIS) : Optional.empty();
    }
}

package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.OperatingSystem;
import java.util.Optional;

/**
 * A note of an ELF file that may identify its system.
 *
 * @param owner for example {@code GNU}
 * @param type a number that the owner defines
 * @param first the first four bytes of its description, or -1 if that is shorter
 */
public record ElfNote(String owner, long type, long first) {

    /**
     * Returns the system. Type 1 identifies it for all these owners (each system's {@code elf_common.h} or {@code
     * elf.h}).
     */
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

    /** Reads {@code NT_GNU_ABI_TAG} (Linux Standard Base, "Note section"). */
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

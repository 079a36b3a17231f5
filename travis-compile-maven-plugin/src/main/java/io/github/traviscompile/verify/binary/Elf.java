package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Version;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * An ELF file as a loader sees it: its program headers, not its sections (System V ABI, "Object Files" and "Program
 * Loading and Dynamic Linking").
 *
 * @param bits 32 or 64
 * @param osAbi {@code EI_OSABI}
 * @param fileType {@code e_type}
 * @param machine {@code e_machine}
 * @param interpreter the path of its loader
 * @param notes those that identify a system
 * @param dynamic its dynamic section
 */
public record Elf(
        int bits,
        ByteOrder order,
        int osAbi,
        int fileType,
        int machine,
        Optional<String> interpreter,
        List<ElfNote> notes,
        ElfDynamic dynamic)
        implements Image {

    static final int REL = 1;
    static final int EXEC = 2;
    static final int DYN = 3;

    public Elf {
        notes = List.copyOf(notes);
    }

    @Override
    public String format() {
        return "ELF";
    }

    @Override
    public Cpu cpu() {
        return CpuCodes.ofElf(machine, bits, order);
    }

    /**
     * Returns the type. A position-independent executable has the type of a shared library; its interpreter or its flag
     * distinguishes it.
     */
    @Override
    public FileType type() {
        return switch (fileType) {
            case REL -> FileType.OBJECT;
            case EXEC -> FileType.EXECUTABLE;
            case DYN ->
                dynamic.isPositionIndependentExecutable()
                                || (interpreter.isPresent() && dynamic.soname().isEmpty())
                        ? FileType.EXECUTABLE
                        : FileType.SHARED_LIBRARY;
            default -> FileType.OTHER;
        };
    }

    /** Derives the system from its notes, its {@code EI_OSABI} and its C library, in this order. */
    @Override
    public OperatingSystem os() {
        for (ElfNote note : notes) {
            if (note.os().isPresent()) {
                return note.os().get();
            }
        }
        return switch (osAbi) {
            case 2 -> OperatingSystem.NETBSD;
            case 3 -> OperatingSystem.LINUX;
            case 6 -> OperatingSystem.SOLARIS;
            case 9 -> OperatingSystem.FREEBSD;
            case 12 -> OperatingSystem.OPENBSD;
            default -> libc().os();
        };
    }

    /** Returns its C library and the evidence for it. */
    public Libc libc() {
        return Libc.of(this);
    }

    @Override
    public List<String> needed() {
        return dynamic.needed();
    }

    @Override
    public SymbolNames exports() {
        return dynamic.exports();
    }

    /**
     * Returns the highest version of one family that the loader requires, weak references excluded.
     *
     * @param family for example {@code GLIBC}, {@code GLIBCXX} or {@code GCC}
     */
    public Optional<Version> highest(String family) {
        return dynamic.versions().stream()
                .filter(need -> !need.weak())
                .flatMap(need -> need.in(family).stream())
                .max(Version::compareTo);
    }
}

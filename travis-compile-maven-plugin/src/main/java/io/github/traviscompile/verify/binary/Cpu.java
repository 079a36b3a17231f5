package io.github.traviscompile.verify.binary;

import java.nio.ByteOrder;
import java.util.Locale;

/** What the code of a binary runs on, in os-maven-plugin's words where it has one. */
public enum Cpu {
    X86_32,
    X86_64,
    /** 64-bit x86 from Haswell on, which a universal file may hold beside plain x86_64. */
    X86_64H,
    /** 64-bit x86 with 32-bit addresses (the x32 ABI of Linux). */
    X32,
    ARM_32,
    /** Big-endian. */
    ARMEB_32,
    AARCH_64,
    /** Big-endian. */
    AARCH_64_BE,
    /** 64-bit ARM with signed pointers, which macOS loads into its own processes only. */
    AARCH_64E,
    /** 64-bit ARM with 32-bit addresses. */
    AARCH_64_32,
    /** Code for Windows on ARM that calls and is called by x86_64 code (ARM64EC). */
    ARM64EC,
    /** One file for Windows on ARM with two sides, ARM64 and ARM64EC (ARM64X). */
    ARM64X,
    ITANIUM_64,
    LOONGARCH_64,
    MIPS_32,
    MIPSEL_32,
    MIPS_64,
    MIPSEL_64,
    PPC_32,
    PPCLE_32,
    PPC_64,
    PPCLE_64,
    RISCV_32,
    RISCV_64,
    S390_32,
    S390_64,
    SPARC_32,
    SPARC_64,
    UNKNOWN;

    private static final int MACH_O_64_BIT = 0x0100_0000;
    private static final int MACH_O_64_BIT_ILP32 = 0x0200_0000;

    /** For example {@code aarch_64}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By {@code e_machine} (the registry of the System V ABI), {@code EI_CLASS} and {@code EI_DATA}. */
    static Cpu ofElf(int machine, int bits, ByteOrder order) {
        boolean wide = bits == 64;
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        return switch (machine) {
            case 2, 18 -> SPARC_32;
            case 3 -> X86_32;
            case 8 -> wide ? (little ? MIPSEL_64 : MIPS_64) : little ? MIPSEL_32 : MIPS_32;
            case 20 -> little ? PPCLE_32 : PPC_32;
            case 21 -> little ? PPCLE_64 : PPC_64;
            case 22 -> wide ? S390_64 : S390_32;
            case 40 -> little ? ARM_32 : ARMEB_32;
            case 43 -> SPARC_64;
            case 50 -> ITANIUM_64;
            case 62 -> wide ? X86_64 : X32;
            case 183 -> wide ? (little ? AARCH_64 : AARCH_64_BE) : AARCH_64_32;
            case 243 -> wide ? RISCV_64 : RISCV_32;
            case 258 -> wide ? LOONGARCH_64 : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    /** By {@code cputype} and {@code cpusubtype} ({@code mach/machine.h}); the subtype's top byte holds flags. */
    static Cpu ofMachO(int type, int subtype) {
        int variant = subtype & 0x00ff_ffff;
        return switch (type) {
            case 7 -> X86_32;
            case MACH_O_64_BIT | 7 -> variant == 8 ? X86_64H : X86_64;
            case 12 -> ARM_32;
            case MACH_O_64_BIT | 12 -> variant == 2 ? AARCH_64E : AARCH_64;
            case MACH_O_64_BIT_ILP32 | 12 -> AARCH_64_32;
            case 18 -> PPC_32;
            case MACH_O_64_BIT | 18 -> PPC_64;
            default -> UNKNOWN;
        };
    }

    /** By the machine of a COFF header (Microsoft's PE Format, "Machine Types"). */
    static Cpu ofCoff(int machine) {
        return switch (machine) {
            case 0x014c -> X86_32;
            case 0x01c0, 0x01c2, 0x01c4 -> ARM_32;
            case 0x0200 -> ITANIUM_64;
            case 0x5032 -> RISCV_32;
            case 0x5064 -> RISCV_64;
            case 0x6264 -> LOONGARCH_64;
            case 0x8664 -> X86_64;
            case 0xa641 -> ARM64EC;
            case 0xa64e -> ARM64X;
            case 0xaa64 -> AARCH_64;
            default -> UNKNOWN;
        };
    }

    @Override
    public String toString() {
        return id();
    }
}

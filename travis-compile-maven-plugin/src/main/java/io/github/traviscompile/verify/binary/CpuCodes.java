package io.github.traviscompile.verify.binary;

import io.github.traviscompile.model.Cpu;
import java.nio.ByteOrder;

/** The numbers by which the formats of binaries tell CPUs. */
final class CpuCodes {

    private static final int MACH_O_64_BIT = 0x0100_0000;
    private static final int MACH_O_64_BIT_ILP32 = 0x0200_0000;

    private CpuCodes() {}

    /** By {@code e_machine} (the registry of the System V ABI), {@code EI_CLASS} and {@code EI_DATA}. */
    static Cpu ofElf(int machine, int bits, ByteOrder order) {
        boolean wide = bits == 64;
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        return switch (machine) {
            case 2, 18 -> Cpu.SPARC_32;
            case 3 -> Cpu.X86_32;
            case 8 -> wide ? (little ? Cpu.MIPSEL_64 : Cpu.MIPS_64) : little ? Cpu.MIPSEL_32 : Cpu.MIPS_32;
            case 20 -> little ? Cpu.PPCLE_32 : Cpu.PPC_32;
            case 21 -> little ? Cpu.PPCLE_64 : Cpu.PPC_64;
            case 22 -> wide ? Cpu.S390_64 : Cpu.S390_32;
            case 40 -> little ? Cpu.ARM_32 : Cpu.ARMEB_32;
            case 43 -> Cpu.SPARC_64;
            case 50 -> Cpu.ITANIUM_64;
            case 62 -> wide ? Cpu.X86_64 : Cpu.X32;
            case 183 -> wide ? (little ? Cpu.AARCH_64 : Cpu.AARCH_64_BE) : Cpu.AARCH_64_32;
            case 243 -> wide ? Cpu.RISCV_64 : Cpu.RISCV_32;
            case 258 -> wide ? Cpu.LOONGARCH_64 : Cpu.UNKNOWN;
            default -> Cpu.UNKNOWN;
        };
    }

    /** By {@code cputype} and {@code cpusubtype} ({@code mach/machine.h}); the subtype's top byte holds flags. */
    static Cpu ofMachO(int type, int subtype) {
        int variant = subtype & 0x00ff_ffff;
        return switch (type) {
            case 7 -> Cpu.X86_32;
            case MACH_O_64_BIT | 7 -> variant == 8 ? Cpu.X86_64H : Cpu.X86_64;
            case 12 -> Cpu.ARM_32;
            case MACH_O_64_BIT | 12 -> variant == 2 ? Cpu.AARCH_64E : Cpu.AARCH_64;
            case MACH_O_64_BIT_ILP32 | 12 -> Cpu.AARCH_64_32;
            case 18 -> Cpu.PPC_32;
            case MACH_O_64_BIT | 18 -> Cpu.PPC_64;
            default -> Cpu.UNKNOWN;
        };
    }

    /** By the machine of a COFF header (Microsoft's PE Format, "Machine Types"). */
    static Cpu ofCoff(int machine) {
        return switch (machine) {
            case 0x014c -> Cpu.X86_32;
            case 0x01c0, 0x01c2, 0x01c4 -> Cpu.ARM_32;
            case 0x0200 -> Cpu.ITANIUM_64;
            case 0x5032 -> Cpu.RISCV_32;
            case 0x5064 -> Cpu.RISCV_64;
            case 0x6264 -> Cpu.LOONGARCH_64;
            case 0x8664 -> Cpu.X86_64;
            case 0xa641 -> Cpu.ARM64EC;
            case 0xa64e -> Cpu.ARM64X;
            case 0xaa64 -> Cpu.AARCH_64;
            default -> Cpu.UNKNOWN;
        };
    }
}

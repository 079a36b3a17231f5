package io.github.traviscompile.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instruction sets of binaries, in os-maven-plugin's words if it has one. */
public enum Cpu {
    X86_32("i686"),
    X86_64("x86_64"),
    /** 64-bit x86 from Haswell on, which a universal file may hold in addition to plain x86_64. */
    X86_64H,
    /** 64-bit x86 with 32-bit addresses (the x32 ABI of Linux). */
    X32,
    ARM_32("armv7l"),
    /** Big-endian. */
    ARMEB_32,
    AARCH_64("aarch64"),
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
    LOONGARCH_64("loongarch64"),
    MIPS_32,
    MIPSEL_32,
    MIPS_64,
    MIPSEL_64,
    PPC_32,
    PPCLE_32,
    PPC_64("ppc64"),
    PPCLE_64("ppc64le"),
    RISCV_32,
    RISCV_64("riscv64"),
    S390_32,
    S390_64("s390x"),
    SPARC_32,
    SPARC_64,
    UNKNOWN;

    private final @Nullable String machine;

    Cpu() {
        this(null);
    }

    Cpu(@Nullable String machine) {
        this.machine = machine;
    }

    /** Returns its word, for example {@code aarch_64}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the output of {@code uname -m} for it on Linux; empty if no platform tag of Python has one. */
    public Optional<String> machine() {
        return Optional.ofNullable(machine);
    }

    /** Finds the CPU with the {@link #machine} {@code word}. */
    public static Optional<Cpu> ofMachine(String word) {
        return Arrays.stream(values()).filter(cpu -> word.equals(cpu.machine)).findFirst();
    }

    @Override
    public String toString() {
        return id();
    }
}

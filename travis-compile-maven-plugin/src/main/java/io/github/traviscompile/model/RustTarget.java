package io.github.traviscompile.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target triple of {@code rustc --target}, for example {@code x86_64-unknown-linux-gnu}, with the properties that it
 * states (The rustc book, "Platform Support"). Only this class parses a triple.
 */
public record RustTarget(String triple) {

    /** The first words of triples that differ from {@link Cpu#machine}. */
    private static final Map<String, Cpu> CPUS = Map.ofEntries(
            Map.entry("i586", Cpu.X86_32),
            Map.entry("arm", Cpu.ARM_32),
            Map.entry("armv7", Cpu.ARM_32),
            Map.entry("powerpc", Cpu.PPC_32),
            Map.entry("powerpc64", Cpu.PPC_64),
            Map.entry("powerpc64le", Cpu.PPCLE_64),
            Map.entry("riscv64gc", Cpu.RISCV_64),
            Map.entry("sparcv9", Cpu.SPARC_64));

    private static final Map<String, OperatingSystem> SYSTEMS = Map.ofEntries(
            Map.entry("linux", OperatingSystem.LINUX),
            Map.entry("darwin", OperatingSystem.MACOS),
            Map.entry("ios", OperatingSystem.OTHER_APPLE),
            Map.entry("windows", OperatingSystem.WINDOWS),
            Map.entry("freebsd", OperatingSystem.FREEBSD),
            Map.entry("netbsd", OperatingSystem.NETBSD),
            Map.entry("openbsd", OperatingSystem.OPENBSD),
            Map.entry("dragonfly", OperatingSystem.DRAGONFLY),
            Map.entry("solaris", OperatingSystem.SOLARIS));

    public RustTarget {
        if (!triple.matches("[a-z0-9_]+(-[a-z0-9_.]+){1,3}")) {
            throw new IllegalArgumentException("Not a Rust target triple: '" + triple + "'.");
        }
    }

    /** Returns the CPU; {@link Cpu#UNKNOWN} if no supported platform has it. */
    public Cpu cpu() {
        String word = triple.substring(0, triple.indexOf('-'));
        return Optional.ofNullable(CPUS.get(word)).or(() -> Cpu.ofMachine(word)).orElse(Cpu.UNKNOWN);
    }

    public OperatingSystem system() {
        if (environment().startsWith("android")) {
            return OperatingSystem.ANDROID;
        }
        return Stream.of(triple.split("-"))
                .filter(SYSTEMS::containsKey)
                .map(SYSTEMS::get)
                .findFirst()
                .orElse(OperatingSystem.UNKNOWN);
    }

    /** Returns the C library, on systems that have several. */
    public Optional<LibcFamily> libc() {
        return switch (system()) {
            case LINUX -> Optional.of(environment().startsWith("musl") ? LibcFamily.MUSL : LibcFamily.GLIBC);
            case ANDROID -> Optional.of(LibcFamily.BIONIC);
            default -> Optional.empty();
        };
    }

    /** Returns rustc's naming of files. */
    public FileNaming naming() {
        return switch (system()) {
            case MACOS, OTHER_APPLE -> FileNaming.MACH_O;
            case WINDOWS -> environment().equals("msvc") ? FileNaming.WINDOWS_MSVC : FileNaming.WINDOWS_GNU;
            default -> FileNaming.ELF;
        };
    }

    /** Returns the last word, which is the ABI's for systems with several, such as {@code gnueabihf}. */
    private String environment() {
        return triple.substring(triple.lastIndexOf('-') + 1);
    }

    /**
     * Returns Cargo's environment variable for one key of this target, for example {@code
     * CARGO_TARGET_X86_64_APPLE_DARWIN_LINKER} (The Cargo Book, "Environment Variables").
     */
    public String cargoVariable(String key) {
        return "CARGO_TARGET_"
                + triple.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_') + "_" + key;
    }

    /**
     * Returns the variable in which C build scripts of Rust look for the C compiler of this target (documentation of
     * the crate cc).
     */
    public String compilerVariable() {
        return "CC_" + triple.replace('-', '_');
    }

    @Override
    public String toString() {
        return triple;
    }
}

package io.github.traviscompile.model;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The properties of the machine that runs Maven, as far as this plugin uses them. All host-specific naming is here, so
 * that tests cover each host on any.
 *
 * @param osName the system property {@code os.name}
 * @param osArch the system property {@code os.arch}
 * @param home the user's home directory
 * @param environment the process environment
 */
public record Host(String osName, String osArch, Path home, Map<String, String> environment) {

    public Host {
        environment = Map.copyOf(environment);
    }

    /** Describes the machine of this JVM, with {@code environment} as Maven provides it. */
    public static Host current(Map<String, String> environment) {
        return new Host(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Path.of(System.getProperty("user.home")),
                environment);
    }

    /**
     * Returns this machine's own platform, with the system's usual ABI if there are several; empty if the catalogue has
     * none.
     */
    public Optional<Platform> platform() {
        return cpu().flatMap(cpu -> Stream.of(Platform.values())
                .filter(platform -> platform.target().system() == system()
                        && platform.target().cpu() == cpu)
                .findFirst());
    }

    public boolean isWindows() {
        return system() == OperatingSystem.WINDOWS;
    }

    public boolean isMac() {
        return system() == OperatingSystem.MACOS;
    }

    /**
     * Returns the folder of this user's caches: {@code $XDG_CACHE_HOME} or {@code ~/.cache} (XDG Base Directory
     * Specification), {@code ~/Library/Caches} on macOS, {@code %LOCALAPPDATA%} on Windows.
     */
    public Path cacheDirectory() {
        if (isMac()) {
            return home.resolve("Library").resolve("Caches");
        }
        if (isWindows()) {
            return directory("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
        }
        return directory("XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    }

    private Optional<Path> directory(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
    }

    private OperatingSystem system() {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return OperatingSystem.MACOS;
        }
        if (name.startsWith("windows")) {
            return OperatingSystem.WINDOWS;
        }
        return switch (name) {
            case "linux" -> OperatingSystem.LINUX;
            case "freebsd" -> OperatingSystem.FREEBSD;
            default -> OperatingSystem.UNKNOWN;
        };
    }

    private Optional<Cpu> cpu() {
        String machine = osArch.toLowerCase(Locale.ROOT);
        return switch (machine) {
            case "amd64", "x64" -> Optional.of(Cpu.X86_64);
            case "x86", "i386", "i486", "i586" -> Optional.of(Cpu.X86_32);
            case "arm" -> Optional.of(Cpu.ARM_32);
            case "arm64" -> Optional.of(Cpu.AARCH_64);
            default -> Cpu.ofMachine(machine);
        };
    }
}

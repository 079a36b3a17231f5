package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AppVeyor's machines for legs (appveyor.com/docs, "Software pre-installed on Windows / Linux / macOS build VMs"). None
 * has a documented Rust of its own.
 */
enum AppVeyorMachine {
    /** Windows Server 2019 with the compilers of Visual Studio 2022 for x64, x86 and ARM64, and MSYS2. */
    WINDOWS("Visual Studio 2022", "cmd"),
    /** The oldest image with a sufficient glibc, so that the outputs run on most systems. */
    LINUX("Ubuntu2004", "sh"),
    /** macOS 14 with Xcode 15.2; its SDK has both architectures. */
    OSX("macos-sonoma", "sh");

    /** The host of rustup's own releases (rust-lang.github.io/rustup, "Other installation methods"). */
    private static final String RUSTUP = "https://static.rust-lang.org/rustup/";

    private static final String WINDOWS_HOST = "x86_64-pc-windows-msvc";

    /** By its path: {@code bash} alone is that of the Windows Subsystem for Linux. */
    private static final String GIT_BASH = "\"C:\\Program Files\\Git\\bin\\bash.exe\"";

    private final String image;
    private final String shell;

    AppVeyorMachine(String image, String shell) {
        this.image = image;
        this.shell = shell;
    }

    static Optional<AppVeyorMachine> of(Platform platform) {
        return switch (platform) {
            case WINDOWS_X86_64, WINDOWS_X86_32, WINDOWS_AARCH_64, WINDOWS_X86_64_GNU, WINDOWS_X86_32_GNU ->
                Optional.of(WINDOWS);
            case LINUX_X86_64, LINUX_X86_32 -> Optional.of(LINUX);
            case OSX_X86_64, OSX_AARCH_64 -> Optional.of(OSX);
            default -> Optional.empty();
        };
    }

    /**
     * Returns the reason why no machine compiles for {@code platform}, as the rest of a sentence that begins with the
     * service.
     */
    static Optional<String> unsupportedReason(Platform platform) {
        return switch (platform) {
            case LINUX_AARCH_64, LINUX_AARCH_64_MUSL -> Optional.of("has no Linux on ARM");
            case LINUX_X86_64_MUSL -> Optional.of("is not asked for musl by this plugin");
            case OSX_X86_32 -> Optional.of("has no Xcode with an SDK for 32 bit");
            default -> of(platform).isPresent() ? Optional.empty() : Optional.of("has no machine for it");
        };
    }

    /** Returns the value of a job's variable {@code APPVEYOR_BUILD_WORKER_IMAGE}. */
    String image() {
        return image;
    }

    /** Returns the commands before the clone: Git for Windows would otherwise convert line ends. */
    List<Object> init() {
        return commands("git config --global core.autocrlf input");
    }

    /** Returns the commands after the clone: they install rustup, the leg's toolchain and the target's linker. */
    List<Object> install(Leg leg) {
        String toolchain = leg.toolchain().orElse("stable");
        String options = " -y --no-modify-path --profile minimal --default-toolchain " + toolchain;
        List<String> lines = new ArrayList<>();
        if (this == WINDOWS) {
            lines.add("appveyor DownloadFile " + RUSTUP + "dist/" + WINDOWS_HOST + "/rustup-init.exe"
                    + " -FileName rustup-init.exe");
            lines.add("rustup-init.exe" + options + " --default-host " + WINDOWS_HOST);
            lines.add("set PATH=%USERPROFILE%\\.cargo\\bin;%PATH%");
        } else {
            lines.add("curl --proto =https --tlsv1.2 --retry 5 -sSfo rustup-init.sh " + RUSTUP + "rustup-init.sh");
            lines.add("sh rustup-init.sh" + options);
            lines.add("export PATH=\"$HOME/.cargo/bin:$PATH\"");
        }
        lines.addAll(linker(leg.platform()));
        return commands(lines.toArray(String[]::new));
    }

    private static List<String> linker(Platform platform) {
        return switch (platform) {
            case LINUX_X86_32 -> List.of("sudo apt-get -q update", "sudo apt-get -q -y install gcc-multilib");
            case WINDOWS_X86_64_GNU -> List.of("set PATH=C:\\msys64\\mingw64\\bin;%PATH%");
            case WINDOWS_X86_32_GNU -> List.of("set PATH=C:\\msys64\\mingw32\\bin;%PATH%");
            default -> List.of();
        };
    }

    /** Returns the commands that run the leg. */
    List<Object> build(Leg leg) {
        String bash = this == WINDOWS ? GIT_BASH : "bash";
        return commands(bash + " " + LegFiles.DIRECTORY + "/" + LegFiles.SCRIPT + " " + leg.id());
    }

    private List<Object> commands(String... lines) {
        List<Object> commands = new ArrayList<>();
        for (String line : lines) {
            commands.add(Map.of(shell, line));
        }
        return commands;
    }
}

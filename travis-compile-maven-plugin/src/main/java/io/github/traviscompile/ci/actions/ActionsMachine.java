package io.github.traviscompile.ci.actions;

import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RustTarget;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a platform's job on GitHub Actions. All are constant, so that no text of the user's gets into a
 * command.
 *
 * @param runner the machine's label
 * @param preparations commands of bash that prepare the machine, before the leg's script
 * @param variables of the job
 */
record ActionsMachine(RunnerLabel runner, List<String> preparations, SortedMap<String, String> variables) {

    /** Installs the 32-bit GCC of MSYS2, which the image lacks. */
    private static final String MINGW_32 = "/c/msys64/usr/bin/pacman --noconfirm -Sy --needed mingw-w64-i686-gcc";

    private static final String MINGW_32_LINKER = "C:/msys64/mingw32/bin/gcc.exe";

    ActionsMachine {
        preparations = List.copyOf(preparations);
    }

    /** Returns the settings; empty if there is no runner for the platform. */
    static Optional<ActionsMachine> of(Platform platform) {
        RustTarget target = platform.target();
        return switch (platform) {
            case LINUX_X86_64 -> machine(RunnerLabel.UBUNTU_22_04);
            case LINUX_X86_32 -> machine(RunnerLabel.UBUNTU_22_04, apt("gcc-multilib"));
            case LINUX_AARCH_64 -> machine(RunnerLabel.UBUNTU_22_04_ARM);
            case LINUX_X86_64_MUSL -> musl(RunnerLabel.UBUNTU_22_04, target);
            case LINUX_AARCH_64_MUSL -> musl(RunnerLabel.UBUNTU_22_04_ARM, target);
            case OSX_X86_64, OSX_AARCH_64 -> machine(RunnerLabel.MACOS_15);
            case WINDOWS_X86_64, WINDOWS_X86_32, WINDOWS_AARCH_64, WINDOWS_X86_64_GNU ->
                machine(RunnerLabel.WINDOWS_2022);
            case WINDOWS_X86_32_GNU ->
                Optional.of(new ActionsMachine(
                        RunnerLabel.WINDOWS_2022,
                        List.of(MINGW_32),
                        variable(target.cargoVariable("LINKER"), MINGW_32_LINKER)));
            default -> Optional.empty();
        };
    }

    private static Optional<ActionsMachine> machine(RunnerLabel runner, String... preparations) {
        return Optional.of(new ActionsMachine(runner, List.of(preparations), new TreeMap<>()));
    }

    /** Sets the linker: with {@code crt-static} off, rustc would link for musl with the system's compiler. */
    private static Optional<ActionsMachine> musl(RunnerLabel runner, RustTarget target) {
        return Optional.of(new ActionsMachine(
                runner, List.of(apt("musl-tools")), variable(target.cargoVariable("LINKER"), "musl-gcc")));
    }

    private static SortedMap<String, String> variable(String name, String value) {
        SortedMap<String, String> variables = new TreeMap<>();
        variables.put(name, value);
        return variables;
    }

    private static String apt(String names) {
        return "sudo apt-get -qq update && sudo apt-get -qq install -y --no-install-recommends " + names;
    }
}

package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.AppleSystem;
import io.github.traviscompile.verify.binary.MachO;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a Mach-O file against the rules of macOS and the oldest release that the project supports. */
record AppleCheck(Requirements requirements) {

    /** The first release for Apple's own processors; no file for these names an older one. */
    private static final Version FIRST_ON_ARM = new Version(List.of(11, 0));

    List<Finding> check(MachO file, String subject) {
        List<Finding> findings = new ArrayList<>();
        if (file.cpu() == Cpu.AARCH_64 && !file.signed()) {
            findings.add(
                    Finding.error(subject + " has no code signature, and macOS kills unsigned code on " + file.cpu()
                            + ". The linker signs by itself: sign again, with codesign --sign -, after the last"
                            + " step that changes the file, such as strip or install_name_tool in a build script."));
        }
        Optional<Version> minimum = file.system()
                .filter(system -> system.os() == OperatingSystem.MACOS)
                .map(AppleSystem::minimum)
                .filter(needed -> file.cpu() != Cpu.AARCH_64 || needed.compareTo(FIRST_ON_ARM) > 0);
        if (minimum.isPresent() && requirements.macos().isPresent()) {
            Version oldest = requirements.macos().get();
            if (minimum.get().compareTo(oldest) > 0) {
                findings.add(Finding.error(subject + " needs macOS " + minimum.get()
                        + ", but " + Parameter.MACOS_DEPLOYMENT_TARGET + " is " + oldest
                        + ". rustc takes no older release than its own target has, and a build script or"
                        + " linker may set another: compile with an older <toolchain>, correct these, or raise"
                        + " <macosDeploymentTarget>."));
            }
        }
        return findings;
    }
}

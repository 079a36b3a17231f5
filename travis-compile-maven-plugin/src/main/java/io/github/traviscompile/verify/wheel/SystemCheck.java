package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.FileType;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.Requirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies the checks for every binary to those of a wheel, on the platforms that its tags fit. */
record SystemCheck(Optional<Platform> platform, Wheel wheel, List<String> allowed, WheelFindings findings) {

    void check(PlatformTag tag, WheelBinary binary) {
        for (Image image : binary.images()) {
            if (tag.cpus().contains(image.cpu())) {
                OutputKind kind = image.type() == FileType.EXECUTABLE ? OutputKind.BIN : OutputKind.CDYLIB;
                String name = binary.path() + " in " + wheel.name();
                List<BinaryVerdict> verdicts = candidates(tag, image).stream()
                        .map(candidate -> new BinaryCheck(candidate, kind, requirements(tag)).check(image, name))
                        .toList();
                // A tag can fit several platforms, of two C libraries or compilers: one success is enough.
                if (verdicts.stream().noneMatch(BinaryVerdict::passed)) {
                    verdicts.stream().findFirst().ifPresent(verdict -> findings.addAll(verdict.findings()));
                }
            }
        }
    }

    private List<Platform> candidates(PlatformTag tag, Image image) {
        List<Platform> fitting = tag.platforms(image.cpu());
        return platform.filter(fitting::contains).map(List::of).orElse(fitting);
    }

    /**
     * Returns the requirements. {@link LinuxPolicy} covers the libraries of Linux; Python's own DLL belongs to the
     * interpreter.
     */
    private Requirements requirements(PlatformTag tag) {
        List<String> libraries = new ArrayList<>(allowed);
        wheel.binaries().forEach(binary -> libraries.add(binary.fileName()));
        libraries.add(tag.isLinux() ? "*" : "python3*.dll");
        return Requirements.NONE.withAllowedLibraries(libraries);
    }
}

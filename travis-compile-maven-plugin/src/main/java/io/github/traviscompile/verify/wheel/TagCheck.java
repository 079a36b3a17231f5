package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.gate.SafeText;
import io.github.traviscompile.verify.wheel.PlatformTag.TagSystem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks the platform tags of a wheel against the format and processor of its binaries.
 *
 * @param platform the intended platform
 * @param draft whether a plain Linux tag is accepted, because it will be replaced
 */
record TagCheck(Optional<Platform> platform, boolean draft, Wheel wheel, WheelFindings findings) {

    /** Returns whether every tag is known and true, so that platform checks of the binaries make sense. */
    boolean check() {
        int before = findings.all().size();
        for (String text : wheel.name().platforms()) {
            Optional<PlatformTag> tag = PlatformTag.parse(text);
            if (tag.isEmpty()) {
                findings.error(
                        "has the platform tag " + SafeText.quoted(text) + ", which neither pip nor PyPI knows. Known"
                                + " are any, manylinux_X_Y_ARCH,"
                                + " musllinux_X_Y_ARCH, macosx_X_Y_ARCH, win32,"
                                + " win_amd64 and win_arm64: build it with a"
                                + " newer build backend, or with its usual"
                                + " settings.");
            } else {
                tag(tag.get());
            }
        }
        return findings.all().size() == before;
    }

    private void tag(PlatformTag tag) {
        if (tag.family() == TagSystem.LINUX && !draft) {
            findings.error(
                    "has the platform tag " + tag + ", which PyPI refuses, because it holds only for the machine that"
                            + " compiled it."
                            + wheel.publishedName()
                                    .map(name -> " Its content satisfies " + SafeText.list(name.platforms())
                                            + ": retag it, with wheel tags --platform-tag or auditwheel repair.")
                                    .orElse(" No known manylinux has what it needs."));
        }
        if (tag.family() == TagSystem.ANY && !wheel.binaries().isEmpty()) {
            findings.error("has the platform tag any, but holds machine code: " + SafeText.quoted(paths())
                    + ". Declare the extension to the build backend, as with rust_extensions of setuptools-rust.");
            return;
        }
        platform.filter(wanted -> !tag.fits(wanted))
                .ifPresent(wanted -> findings.error("has the platform tag " + tag + ", but was built for " + wanted
                        + ". Its leg used a Python of another system or processor: name the right one in"
                        + " " + Parameter.PYTHON_VERSIONS + ", or correct " + Parameter.PLATFORMS + "."));
        if (tag.family() != TagSystem.ANY && wheel.binaries().isEmpty()) {
            findings.error("has the platform tag " + tag + ", but holds no machine code. Configure the build"
                    + " backend to include the library, or tag the wheel any.");
        }
        wheel.binaries().forEach(binary -> binary(tag, binary));
    }

    private List<String> paths() {
        return wheel.binaries().stream().map(WheelBinary::path).toList();
    }

    private void binary(PlatformTag tag, WheelBinary binary) {
        List<Image> images = binary.images();
        String format = format(tag.family());
        List<Image> fitting = images.stream()
                .filter(image -> image.format().equals(format) && tag.cpus().contains(image.cpu()))
                .toList();
        List<Cpu> absent = tag.cpus().stream()
                .filter(cpu -> fitting.stream().noneMatch(image -> image.cpu() == cpu))
                .toList();
        if (!absent.isEmpty()) {
            String found = images.isEmpty()
                    ? "an ar archive"
                    : images.stream()
                            .map(image -> image.format() + " " + image.type() + " for " + image.cpu())
                            .distinct()
                            .collect(Collectors.joining(" and ", "", ""));
            findings.error("has the platform tag " + tag + ", which stands for " + format + " code for "
                    + SafeText.list(tag.cpus()) + ", but " + SafeText.quoted(binary.path()) + " is " + found
                    + ". Build it with a Python and a Rust target of the same platform, and do not rename wheels.");
        }
        tag.level()
                .filter(level -> tag.family() == TagSystem.MACOS)
                .ifPresent(level -> fitting.forEach(image -> macos(tag, level, (MachO) image, binary)));
    }

    private void macos(PlatformTag tag, Version level, MachO image, WheelBinary binary) {
        image.system()
                .filter(system -> system.minimum().compareTo(level) > 0)
                .ifPresent(system ->
                        findings.error("has the platform tag " + tag + ", but " + SafeText.quoted(binary.path())
                                + " needs macOS " + system.minimum() + ". Set MACOSX_DEPLOYMENT_TARGET to " + level
                                + " in <environment>, so that compiler and tag agree."));
    }

    private static String format(TagSystem family) {
        return switch (family) {
            case ANY -> "no";
            case LINUX, MANYLINUX, MUSLLINUX -> "ELF";
            case MACOS -> "Mach-O";
            case WINDOWS -> "PE";
        };
    }
}

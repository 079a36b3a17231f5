package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The gate for wheels: holds one to its own name, its tags and its record, and to the platform and the project that it
 * was built for. A wheel that fails is not attached.
 *
 * @param platform that it should be for; nothing takes its tags' word
 * @param project that it should be of; nothing takes its name's word
 * @param allowedLibraries libraries that users have besides those of their system, of {@code <allowedLibraries>}
 * @param draft whether the tag of plain Linux is taken, as build backends give it and PyPI refuses it
 */
public record WheelCheck(
        Optional<Platform> platform, Optional<WheelProject> project, List<String> allowedLibraries, boolean draft) {

    /** For a wheel of which nothing is known. */
    public static final WheelCheck ANY = new WheelCheck(Optional.empty(), Optional.empty(), List.of(), false);

    public WheelCheck {
        allowedLibraries = List.copyOf(allowedLibraries);
    }

    /**
     * Judges {@code file} by the name that it has.
     *
     * @throws WorkFailedException if the disk fails; a damaged wheel is a finding
     */
    public WheelVerdict judge(Path file) throws WorkFailedException {
        return judge(file, file.getFileName().toString());
    }

    /**
     * Judges {@code file}, which is called {@code name} where it is installed from.
     *
     * @throws WorkFailedException if the disk fails; a damaged wheel is a finding
     */
    public WheelVerdict judge(Path file, String name) throws WorkFailedException {
        WheelFindings findings = new WheelFindings(name);
        Optional<WheelName> wheelName = WheelName.parse(name);
        if (wheelName.isEmpty()) {
            findings.error("is not called as wheels are: NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl (PEP 427)."
                    + " Installers read the name first: give it the one that its build backend gave it.");
            return new WheelVerdict(name, Optional.empty(), findings.all());
        }
        try {
            Optional<Wheel> wheel = WheelReader.read(file, wheelName.get(), project, findings);
            wheel.ifPresent(content -> content(content, findings));
            return new WheelVerdict(name, wheel, findings.all());
        } catch (InvalidWheelException e) {
            findings.error(
                    "is " + e.getMessage() + ". It was damaged on its way or made to mislead: build it anew, with "
                            + Parameter.FORCE_BUILD + " if it was kept from an earlier run.");
            return new WheelVerdict(name, Optional.empty(), findings.all());
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The wheel '" + file + "' cannot be read", e, "Check that it is there and may be read.");
        }
    }

    private void content(Wheel wheel, WheelFindings findings) {
        new ExtensionCheck(wheel, StableAbi.read(), findings).check();
        boolean truthful = new TagCheck(platform, draft, wheel, findings).check();
        LinuxCheck linux = new LinuxCheck(wheel, allowedLibraries, findings);
        SystemCheck system = new SystemCheck(platform, wheel, allowedLibraries, findings);
        for (PlatformTag tag : wheel.platformTags()) {
            for (WheelBinary binary : wheel.binaries()) {
                if (tag.isLinux()) {
                    linux.check(tag, binary);
                }
                if (truthful) {
                    system.check(tag, binary);
                }
            }
        }
    }
}

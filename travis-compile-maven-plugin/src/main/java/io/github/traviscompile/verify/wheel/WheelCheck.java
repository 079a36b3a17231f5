package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The gate for wheels: checks a wheel against its name, tags, record, platform and project. A failing wheel is not
 * attached.
 *
 * @param platform the intended platform; if empty, that of the tags
 * @param project the intended project; if empty, that of the name
 * @param allowedLibraries libraries that users have in addition to their system's, of {@code <allowedLibraries>}
 * @param draft whether the plain Linux tag is accepted, which build backends write and PyPI refuses
 */
public record WheelCheck(
        Optional<Platform> platform, Optional<WheelProject> project, List<String> allowedLibraries, boolean draft) {

    /** The check of a wheel without a known platform or project. */
    public static final WheelCheck ANY = new WheelCheck(Optional.empty(), Optional.empty(), List.of(), false);

    public WheelCheck {
        allowedLibraries = List.copyOf(allowedLibraries);
    }

    /**
     * Checks {@code file} under its own name.
     *
     * @throws WorkFailedException if the disk fails; a damaged wheel is a finding
     */
    public WheelVerdict check(Path file) throws WorkFailedException {
        return check(file, file.getFileName().toString());
    }

    /**
     * Checks {@code file} under the name {@code name}, which installers read.
     *
     * @throws WorkFailedException if the disk fails; a damaged wheel is a finding
     */
    public WheelVerdict check(Path file, String name) throws WorkFailedException {
        WheelFindings findings = new WheelFindings(name);
        Optional<WheelName> wheelName = WheelName.parse(name);
        if (wheelName.isEmpty()) {
            findings.error("does not have a wheel's name: NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl (PEP 427)."
                    + " Installers read the name first: restore the one that its build backend wrote.");
            return new WheelVerdict(name, Optional.empty(), findings.all());
        }
        try {
            Optional<Wheel> wheel = WheelReader.read(file, wheelName.get(), project, findings);
            wheel.ifPresent(content -> content(content, findings));
            return new WheelVerdict(name, wheel, findings.all());
        } catch (InvalidWheelException e) {
            findings.error("is " + e.getMessage() + ". It is damaged or hostile: build it again, with "
                    + Parameter.FORCE_BUILD + " if it was kept from an earlier run.");
            return new WheelVerdict(name, Optional.empty(), findings.all());
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The wheel '" + file + "' cannot be read", e, "Check that it exists and is readable.");
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

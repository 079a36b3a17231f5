package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.gate.NativeMethods;
import io.github.traviscompile.verify.gate.Requirements;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the user promises of the files to those who use them, beyond what every platform takes for granted.
 *
 * @param glibc the newest glibc that they may need, such as {@code 2.17}; empty takes any
 * @param macos the oldest macOS that shall run them, such as {@code 11.0}; empty takes any
 * @param allowedLibraries libraries that users have besides those of their system
 * @param requiredExports names that each library exports
 * @param javaClasses the directory of the Maven project's classes, which may be absent; native methods among them want
 *     a library to go with them
 */
public record Constraints(
        Optional<String> glibc,
        Optional<String> macos,
        List<String> allowedLibraries,
        List<String> requiredExports,
        Optional<Path> javaClasses) {

    /** Nothing. */
    public static final Constraints NONE =
            new Constraints(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

    public Constraints {
        allowedLibraries = List.copyOf(allowedLibraries);
        requiredExports = List.copyOf(requiredExports);
    }

    public Requirements requirements() throws CrossCompileException {
        Requirements requirements =
                Requirements.NONE.withAllowedLibraries(allowedLibraries).withRequiredExports(requiredExports);
        if (glibc.isPresent()) {
            requirements = requirements.withGlibc(newest(glibc.get()));
        }
        if (macos.isPresent()) {
            requirements = requirements.withMacos(macos(macos.get()));
        }
        return javaClasses.isPresent() && NativeMethods.areIn(javaClasses.get())
                ? requirements.withJni()
                : requirements;
    }

    /** The version that {@code glibc} spells. */
    public static Version newest(String glibc) throws ActionNeededException {
        return Version.parse(glibc.strip())
                .orElseThrow(() -> new ActionNeededException("The parameter " + Parameter.GLIBC + " is '" + glibc
                        + "', which is not a version of glibc. Write it like 2.17."));
    }

    /** The version that {@code text} of the parameter spells. */
    public static Version macos(String text) throws ActionNeededException {
        return Version.parse(text.strip())
                .filter(version -> version.numbers().size() <= 3)
                .orElseThrow(() -> new ActionNeededException("The parameter " + Parameter.MACOS_DEPLOYMENT_TARGET
                        + " is '" + text + "', which is not a version of macOS. Write it like 11.0."));
    }
}

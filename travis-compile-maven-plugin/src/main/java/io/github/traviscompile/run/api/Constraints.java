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
import org.jspecify.annotations.Nullable;

/**
 * The limits that the user sets for the delivered files, beyond those of every platform.
 *
 * @param glibc the newest glibc that the files may need, such as {@code 2.17}; empty accepts any
 * @param macos the oldest macOS that must run them, such as {@code 11.0}; empty accepts any
 * @param allowedLibraries libraries that the files may need in addition to the system's
 * @param requiredExports names that each library must export
 * @param javaClasses the directory of the Maven project's classes, which may be absent; native methods in them require
 *     a library
 */
public record Constraints(
        Optional<Version> glibc,
        Optional<Version> macos,
        List<String> allowedLibraries,
        List<String> requiredExports,
        Optional<Path> javaClasses) {

    /** No limits. */
    public static final Constraints NONE =
            new Constraints(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

    public Constraints {
        allowedLibraries = List.copyOf(allowedLibraries);
        requiredExports = List.copyOf(requiredExports);
    }

    /** Returns a copy with the value of the parameter {@code glibc}; null if it is not set. */
    public Constraints withGlibc(@Nullable String text) throws ActionNeededException {
        Optional<Version> version = text == null ? Optional.empty() : Version.parse(text.strip());
        if (text != null && version.isEmpty()) {
            throw new ActionNeededException("The parameter " + Parameter.GLIBC + " is '" + text
                    + "', which is not a version of glibc. Write it like 2.17.");
        }
        return new Constraints(version, macos, allowedLibraries, requiredExports, javaClasses);
    }

    /** Returns a copy with the value of the parameter {@code macosDeploymentTarget}; null if it is not set. */
    public Constraints withMacos(@Nullable String text) throws ActionNeededException {
        Optional<Version> version = text == null
                ? Optional.empty()
                : Version.parse(text.strip()).filter(found -> found.numbers().size() <= 3);
        if (text != null && version.isEmpty()) {
            throw new ActionNeededException("The parameter " + Parameter.MACOS_DEPLOYMENT_TARGET + " is '" + text
                    + "', which is not a version of macOS. Write it like 11.0.");
        }
        return new Constraints(glibc, version, allowedLibraries, requiredExports, javaClasses);
    }

    public Constraints withAllowedLibraries(List<String> names) {
        return new Constraints(glibc, macos, names, requiredExports, javaClasses);
    }

    public Constraints withRequiredExports(List<String> names) {
        return new Constraints(glibc, macos, allowedLibraries, names, javaClasses);
    }

    public Constraints withJavaClasses(Path directory) {
        return new Constraints(glibc, macos, allowedLibraries, requiredExports, Optional.of(directory));
    }

    /** Translates these limits for the checks of files. Reads the Java classes to find native methods. */
    public Requirements requirements() throws CrossCompileException {
        Requirements requirements =
                Requirements.NONE.withAllowedLibraries(allowedLibraries).withRequiredExports(requiredExports);
        if (glibc.isPresent()) {
            requirements = requirements.withGlibc(glibc.get());
        }
        if (macos.isPresent()) {
            requirements = requirements.withMacos(macos.get());
        }
        return javaClasses.isPresent() && NativeMethods.areIn(javaClasses.get())
                ? requirements.withJni()
                : requirements;
    }
}

package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Version;
import java.util.List;
import java.util.Optional;

/**
 * What a project wants of its files beyond what their platforms do.
 *
 * @param glibc the newest glibc that they may need, of {@code <glibc>}
 * @param macos the oldest macOS that shall run them, of {@code <macosDeploymentTarget>}
 * @param allowedLibraries libraries that users have besides those of their system, of {@code <allowedLibraries>}: names
 *     as the file has them, without directories; {@code *} stands for any characters
 * @param requiredExports names that each library exports, as C spells them, of {@code <requiredExports>}
 * @param jni whether the Maven project has native methods
 * @param pythonModule the Python module that each shared library is, without its package
 * @param staticRunTime whether Microsoft's C run time was to be linked into the files
 */
public record Requirements(
        Optional<Version> glibc,
        Optional<Version> macos,
        List<String> allowedLibraries,
        List<String> requiredExports,
        boolean jni,
        Optional<String> pythonModule,
        boolean staticRunTime) {

    /** Nothing. */
    public static final Requirements NONE =
            new Requirements(Optional.empty(), Optional.empty(), List.of(), List.of(), false, Optional.empty(), false);

    public Requirements {
        allowedLibraries = List.copyOf(allowedLibraries);
        requiredExports = List.copyOf(requiredExports);
        if (pythonModule
                .filter(module -> !module.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .isPresent()) {
            throw new IllegalArgumentException("Not the name of a Python module: '" + pythonModule.get() + "'.");
        }
    }

    public Requirements withGlibc(Version newest) {
        return new Requirements(
                Optional.of(newest), macos, allowedLibraries, requiredExports, jni, pythonModule, staticRunTime);
    }

    public Requirements withMacos(Version oldest) {
        return new Requirements(
                glibc, Optional.of(oldest), allowedLibraries, requiredExports, jni, pythonModule, staticRunTime);
    }

    public Requirements withAllowedLibraries(List<String> libraries) {
        return new Requirements(glibc, macos, libraries, requiredExports, jni, pythonModule, staticRunTime);
    }

    public Requirements withRequiredExports(List<String> names) {
        return new Requirements(glibc, macos, allowedLibraries, names, jni, pythonModule, staticRunTime);
    }

    public Requirements withJni() {
        return new Requirements(glibc, macos, allowedLibraries, requiredExports, true, pythonModule, staticRunTime);
    }

    public Requirements withPythonModule(String module) {
        return new Requirements(
                glibc, macos, allowedLibraries, requiredExports, jni, Optional.of(module), staticRunTime);
    }

    public Requirements withStaticRunTime() {
        return new Requirements(glibc, macos, allowedLibraries, requiredExports, jni, pythonModule, true);
    }
}

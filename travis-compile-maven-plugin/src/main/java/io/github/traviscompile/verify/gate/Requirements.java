package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Version;
import java.util.List;
import java.util.Optional;

/**
 * The project's demands on its files, in addition to those of the platform.
 *
 * @param glibc the newest glibc that files may need, of {@code <glibc>}
 * @param macos the oldest supported macOS, of {@code <macosDeploymentTarget>}
 * @param allowedLibraries libraries that users have in addition to their system's, of {@code <allowedLibraries>}:
 *     names in the file's spelling, without directories; {@code *} stands for any characters
 * @param requiredExports names that each library exports, in C's spelling, of {@code <requiredExports>}
 * @param jni whether the Maven project has native methods
 * @param pythonModule the Python module in each shared library, without its package
 * @param staticRunTime whether Microsoft's C run time must be linked statically
 */
public record Requirements(
        Optional<Version> glibc,
        Optional<Version> macos,
        List<String> allowedLibraries,
        List<String> requiredExports,
        boolean jni,
        Optional<String> pythonModule,
        boolean staticRunTime) {

    /** No demands. */
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

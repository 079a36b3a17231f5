package io.github.traviscompile.verify;

import java.util.List;
import java.util.Optional;

/**
 * What a project wants of its files beyond what their platforms do.
 *
 * @param glibc the newest glibc that they may need, of {@code <glibc>}
 * @param allowedLibraries libraries that users have besides those of their system, of {@code <allowedLibraries>}: names
 *     as the file has them, without directories; {@code *} stands for any characters
 * @param requiredExports names that each library exports, as C spells them, of {@code <requiredExports>}
 * @param jni whether the Maven project has native methods
 * @param pythonModule the Python module that each shared library is, without its package
 * @param staticRunTime whether Microsoft's C run time was to be linked into the files
 */
public record Requirements(
        Optional<Version> glibc,
        List<String> allowedLibraries,
        List<String> requiredExports,
        boolean jni,
        Optional<String> pythonModule,
        boolean staticRunTime) {

    /** Nothing. */
    public static final Requirements NONE =
            new Requirements(Optional.empty(), List.of(), List.of(), false, Optional.empty(), false);

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
                Optional.of(newest), allowedLibraries, requiredExports, jni, pythonModule, staticRunTime);
    }

    public Requirements withAllowedLibraries(List<String> libraries) {
        return new Requirements(glibc, libraries, requiredExports, jni, pythonModule, staticRunTime);
    }

    public Requirements withRequiredExports(List<String> names) {
        return new Requirements(glibc, allowedLibraries, names, jni, pythonModule, staticRunTime);
    }

    public Requirements withJni() {
        return new Requirements(glibc, allowedLibraries, requiredExports, true, pythonModule, staticRunTime);
    }

    public Requirements withPythonModule(String module) {
        return new Requirements(glibc, allowedLibraries, requiredExports, jni, Optional.of(module), staticRunTime);
    }

    public Requirements withStaticRunTime() {
        return new Requirements(glibc, allowedLibraries, requiredExports, jni, pythonModule, true);
    }
}

package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.FileNaming;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.Pe;
import java.util.ArrayList;
import java.util.List;

/** Finds libraries that users may lack: neither part of the platform nor in the project's list. */
record LibraryCheck(Platform platform, Requirements requirements) {

    private static final Parameter PARAMETER = Parameter.ALLOWED_LIBRARIES;

    private static final String MSVCRT = "msvcrt.dll";

    List<Finding> check(Image image, String subject) {
        SystemLibraries system = SystemLibraries.of(platform.target());
        List<String> foreign = image.needed().stream()
                .filter(library -> !system.has(library) && !isAllowed(library, system))
                .toList();
        List<String> runTime = foreign.stream()
                .filter(library -> image instanceof Pe && Pe.isRunTime(library))
                .toList();
        List<String> rest =
                foreign.stream().filter(library -> !runTime.contains(library)).toList();
        List<Finding> findings = new ArrayList<>();
        if (!runTime.isEmpty()) {
            findings.add(runTime(runTime, subject));
        }
        if (!rest.isEmpty()) {
            findings.add(Finding.error(subject + " needs " + SafeText.quoted(rest) + ", which " + system.lacks()
                    + ". Link " + (rest.size() == 1 ? "it" : "them") + " statically, or name in " + PARAMETER
                    + " the libraries that users have."));
        }
        return findings;
    }

    /**
     * Returns whether a library is allowed. Python's belongs to the running interpreter; only on Windows do modules
     * need it by name.
     */
    private boolean isAllowed(String library, SystemLibraries system) {
        boolean isPython = requirements.pythonModule().isPresent() && system.isPython(library);
        return isPython
                || requirements.allowedLibraries().stream().anyMatch(pattern -> system.matches(pattern, library));
    }

    /** Reports the C run time. The C library of gcc's files is msvcrt.dll, that of Microsoft's is any other. */
    private Finding runTime(List<String> libraries, String subject) {
        String found = subject + " imports " + SafeText.quoted(libraries);
        String remedy = ", or name the libraries that users have in " + PARAMETER + ".";
        if (platform.naming() == FileNaming.WINDOWS_GNU || libraries.stream().anyMatch(MSVCRT::equalsIgnoreCase)) {
            return Finding.error(found + ", which is not the C run time of " + platform.target()
                    + ". Compile all of it, C code too, for that target" + remedy);
        }
        Parameter parameter = Parameter.WINDOWS_STATIC_CRT;
        return requirements.staticRunTime()
                ? Finding.error(
                        found + ", but the C run time must be linked statically. Compile all of it that way, C code"
                                + " too (/MT), or set " + parameter + " to 'false'" + remedy)
                : Finding.warning(
                        found + ", which users get with Microsoft's Visual C++ Redistributable only. Compile all"
                                + " of it with -C target-feature=+crt-static, as " + parameter + " does" + remedy);
    }
}

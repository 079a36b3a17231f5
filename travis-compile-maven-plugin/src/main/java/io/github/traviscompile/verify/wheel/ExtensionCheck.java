package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.binary.Pe;
import io.github.traviscompile.verify.binary.SymbolNames;
import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import io.github.traviscompile.verify.gate.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the extension modules of a wheel against its Python and ABI tags (PEP 384, PEP 425, PEP 3149). It covers the
 * names that Python looks for, the exports that it calls, and the limits of the stable ABI.
 */
record ExtensionCheck(Wheel wheel, StableAbi stable, WheelFindings findings) {

    private static final Pattern MODULE = Pattern.compile(
            "(?<module>[A-Za-z_][A-Za-z0-9_]*)(?:\\.(?<marker>abi3|(?:cpython|pypy|graalpy|cp)[A-Za-z0-9_-]*))?\\.(?:so|pyd)");

    private static final Pattern MARKER =
            Pattern.compile("(?:cpython-|cp)(?<digits>[0-9]{2,3}t?)[d]?(?:-(?<machine>.*))?");

    /** The folders for libraries of auditwheel, delocate and delvewheel. */
    private static final String BUNDLED = "(.*/)?([^/]*\\.libs|\\.dylibs)/.*";

    private static final String REBUILD =
            " Build it with one Python and the tags that belong to it, and do not rename wheels.";

    void check() {
        if (wheel.name().abis().equals(List.of("none"))) {
            return;
        }
        int modules = 0;
        for (WheelBinary binary : wheel.binaries()) {
            Matcher name = MODULE.matcher(binary.fileName());
            boolean library = binary.path().matches(BUNDLED)
                    || (binary.fileName().startsWith("lib") && name.matches() && name.group("marker") == null);
            if (!library && name.matches()) {
                modules++;
                module(binary, String.valueOf(name.group("module")), Optional.ofNullable(name.group("marker")));
            }
        }
        if (modules == 0 && !wheel.binaries().isEmpty()) {
            findings.error("has the ABI tag " + SafeText.list(wheel.name().abis())
                    + ", but holds no extension module, whose"
                    + " name ends with .so or .pyd: only "
                    + SafeText.quoted(
                            wheel.binaries().stream().map(WheelBinary::path).toList())
                    + ". Configure the build backend to include the module, or give the wheel the ABI tag none.");
        }
    }

    private void module(WheelBinary binary, String module, Optional<String> marker) {
        String wanted = "PyInit_" + module;
        for (Image image : binary.images()) {
            if (!image.exports().has(wanted)) {
                findings.error("holds the module " + SafeText.quoted(binary.path()) + ", which does not export "
                        + SafeText.quoted(wanted) + ", which Python calls to load it. Give the function of the module"
                        + " (#[pymodule] of PyO3) the name that the project gives to the library.");
            }
            if (isStable()) {
                stable(binary, image);
            }
            marker.ifPresent(text -> machine(binary, image, text));
        }
        marker.ifPresent(text -> version(binary, text));
    }

    private boolean isStable() {
        return wheel.name().abis().contains("abi3");
    }

    private void version(WheelBinary binary, String marker) {
        Matcher found = MARKER.matcher(marker);
        String abi = found.matches() ? "cp" + found.group("digits") : marker;
        if (!abi.equals("abi3") && found.matches() && !wheel.name().abis().contains(abi)) {
            findings.error(
                    "has the ABI tag " + SafeText.list(wheel.name().abis()) + ", but " + SafeText.quoted(binary.path())
                            + " is named for " + abi + ", which other Pythons do not look for." + REBUILD);
        }
    }

    /**
     * Checks the machine in the module's name. Python looks for its own machine's name, and a cross compilation can
     * take that of the build machine.
     */
    private void machine(WheelBinary binary, Image image, String marker) {
        Matcher found = MARKER.matcher(marker);
        if (!found.matches() || found.group("machine") == null) {
            return;
        }
        String machine = String.valueOf(found.group("machine"));
        Optional<Cpu> cpu = cpu(machine);
        if (cpu.isPresent() && cpu.get() != image.cpu()) {
            findings.error("holds the module " + SafeText.quoted(binary.path()) + ", named for " + machine
                    + " though it is for " + image.cpu()
                    + ", so that no Python finds it. Build it with a Python of that"
                    + " processor, or for the stable ABI (abi3-py38 of PyO3 and the like), whose names hold"
                    + " no machine.");
        }
    }

    private static Optional<Cpu> cpu(String machine) {
        String start = machine.toLowerCase(Locale.ROOT).replaceFirst("-.*", "");
        return switch (start) {
            case "x86_64", "win_amd64" -> Optional.of(Cpu.X86_64);
            case "i386", "i486", "i586", "i686", "win32" -> Optional.of(Cpu.X86_32);
            case "aarch64", "arm64", "win_arm64" -> Optional.of(Cpu.AARCH_64);
            default -> Optional.empty();
        };
    }

    private void stable(WheelBinary binary, Image image) {
        OptionalInt oldest = oldest();
        if (oldest.isEmpty() || oldest.getAsInt() > StableAbi.NEWEST) {
            return;
        }
        List<String> imported = imported(image);
        List<String> foreign = imported.stream()
                .filter(name -> stable.since(name).isEmpty() || isOfOneVersion(name))
                .toList();
        if (!foreign.isEmpty()) {
            findings.error(
                    "has the ABI tag abi3, but " + SafeText.quoted(binary.path()) + " uses " + SafeText.quoted(foreign)
                            + ", which the stable ABI does not have. Compile it with the feature abi3 of PyO3 or with"
                            + " Py_LIMITED_API, or tag it for the one Python it was built with.");
        }
        List<String> newer = imported.stream()
                .filter(name -> stable.since(name)
                        .filter(since -> since > oldest.getAsInt())
                        .isPresent())
                .toList();
        if (!newer.isEmpty()) {
            findings.error("is for Python 3." + oldest.getAsInt() + " and later by its tag, but "
                    + SafeText.quoted(binary.path()) + " uses " + SafeText.quoted(newer) + ", which came with Python 3."
                    + newer.stream()
                            .mapToInt(name -> stable.since(name).orElseThrow())
                            .max()
                            .orElseThrow()
                    + ". Let the feature abi3-py3X of PyO3 and the Python tag name the same release.");
        }
    }

    /** Returns the lowest minor version of CPython in the Python tags. */
    private OptionalInt oldest() {
        return wheel.name().pythons().stream()
                .filter(tag -> tag.matches("cp3[0-9]{1,2}"))
                .mapToInt(tag -> Integer.parseInt(tag.substring(3)))
                .min();
    }

    /**
     * Returns the names that a module imports from Python; on Windows, where it imports from a DLL, the names of the
     * DLLs.
     */
    private static List<String> imported(Image image) {
        if (image instanceof Pe pe) {
            return pe.needed().stream().filter(ExtensionCheck::isOfOneVersion).toList();
        }
        SymbolNames imports = image instanceof Elf elf
                ? elf.dynamic().imports()
                : image instanceof MachO machO ? machO.imports() : SymbolNames.NONE;
        boolean underscore = imports.decoration() == Decoration.UNDERSCORE;
        return imports.spelt().stream()
                .map(name -> underscore && name.startsWith("_") ? name.substring(1) : name)
                .filter(StableAbi::isPythons)
                .toList();
    }

    private static boolean isOfOneVersion(String dll) {
        return dll.toLowerCase(Locale.ROOT).matches("python3[0-9]+t?\\.dll");
    }
}

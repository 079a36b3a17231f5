package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.gate.SafeText;
import io.github.traviscompile.verify.wheel.LinuxPolicy.Need;
import io.github.traviscompile.verify.wheel.PlatformTag.TagSystem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the ELF files of a wheel against the level and the libraries of manylinux or musllinux.
 *
 * @param allowed names of additional libraries that users have; {@code *} stands for any characters
 */
record LinuxCheck(Wheel wheel, List<String> allowed, WheelFindings findings) {

    private static final String LIBPYTHON = "libpython[0-9].*\\.so.*";

    void check(PlatformTag tag, WheelBinary binary) {
        binary.images().stream()
                .filter(Elf.class::isInstance)
                .map(Elf.class::cast)
                .forEach(elf -> {
                    libraries(tag, elf, binary);
                    libc(tag, elf, binary);
                });
    }

    private void libraries(PlatformTag tag, Elf elf, WheelBinary binary) {
        boolean musl = elf.libc().family() == LibcFamily.MUSL;
        TagSystem policy = tag.family() == TagSystem.LINUX && musl ? TagSystem.MUSLLINUX : tag.family();
        List<String> python =
                elf.needed().stream().filter(name -> name.matches(LIBPYTHON)).toList();
        if (!python.isEmpty()) {
            findings.error("needs " + SafeText.quoted(python) + " for " + SafeText.quoted(binary.path())
                    + ", which most Pythons lack: the program itself has those names. Avoid linking it with the"
                    + " feature extension-module of PyO3.");
        }
        List<String> foreign = elf.needed().stream()
                .filter(name -> !name.matches(LIBPYTHON) && !LinuxPolicy.has(policy, name))
                .filter(name -> !isInside(name) && allowed.stream().noneMatch(pattern -> matches(pattern, name)))
                .toList();
        if (!foreign.isEmpty()) {
            findings.error("needs " + SafeText.quoted(foreign) + " for " + SafeText.quoted(binary.path()) + ", which "
                    + (policy == TagSystem.MUSLLINUX ? "musllinux" : "manylinux") + " does not guarantee ("
                    + (policy == TagSystem.MUSLLINUX ? "PEP 656" : "PEP 600") + "). Link "
                    + (foreign.size() == 1 ? "it" : "them") + " statically, put "
                    + (foreign.size() == 1 ? "it" : "them") + " into the wheel with auditwheel repair, or name in "
                    + Parameter.ALLOWED_LIBRARIES + " the libraries that users have.");
        }
    }

    private boolean isInside(String library) {
        return wheel.files().stream().anyMatch(file -> file.endsWith("/" + library));
    }

    private static boolean matches(String pattern, String library) {
        return library.matches(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private void libc(PlatformTag tag, Elf elf, WheelBinary binary) {
        LibcFamily family = elf.libc().family();
        boolean other = switch (tag.family()) {
            case MANYLINUX -> family == LibcFamily.MUSL || family == LibcFamily.BIONIC;
            case MUSLLINUX -> family == LibcFamily.GLIBC || family == LibcFamily.BIONIC;
            default -> family == LibcFamily.BIONIC;
        };
        if (other) {
            findings.error(
                    "has the platform tag " + tag + ", but " + SafeText.quoted(binary.path()) + " is for " + family
                            + " (" + SafeText.shown(elf.libc().evidence())
                            + "). Build it with a Rust target of the C library that the tag names.");
            return;
        }
        if (tag.family() == TagSystem.MUSLLINUX) {
            return;
        }
        List<Need> newer = LinuxPolicy.needs(elf).stream()
                .filter(need -> need.level().isEmpty()
                        || tag.level()
                                .filter(level -> need.level().get().compareTo(level) > 0)
                                .isPresent())
                .distinct()
                .toList();
        if (!newer.isEmpty()) {
            findings.error("has the platform tag " + tag + ", but " + SafeText.quoted(binary.path()) + " needs "
                    + SafeText.list(newer.stream().map(Need::what).toList()) + ", which came later"
                    + LinuxPolicy.measure(List.of(elf), elf.cpu())
                            .map(level -> ", with manylinux_" + level.toString().replace('.', '_'))
                            .orElse(" than every known manylinux")
                    + ". Compile it on an older system, or give it the tag of that newer level.");
        }
    }
}

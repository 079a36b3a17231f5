package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Libc;
import io.github.traviscompile.verify.binary.VersionNeed;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Checks an ELF file against the C library of its platform and that library's oldest supported release. */
record LibcCheck(Platform platform, ExpectedBinary target, Requirements requirements) {

    List<Finding> check(Elf elf, String subject) {
        Libc libc = elf.libc();
        LibcFamily wanted = target.libc().orElse(libc.family());
        boolean isOther = switch (libc.family()) {
            case GLIBC, MUSL, BIONIC -> libc.family() != wanted;
            case STATIC, NONE, UNKNOWN -> false;
        };
        if (isOther) {
            return List.of(Finding.error(subject + " is for " + libc.family() + " (" + SafeText.shown(libc.evidence())
                    + "), but " + wanted + " is wanted. A C compiler or linker for another target was used: name the"
                    + " right ones, " + platform.target().compilerVariable() + " and "
                    + platform.target().cargoVariable("LINKER")
                    + ", in <environment>, or ask for another of the " + Parameter.PLATFORMS + "."));
        }
        Optional<Version> needed = elf.highest("GLIBC");
        if (needed.isEmpty() || requirements.glibc().isEmpty()) {
            return List.of();
        }
        Version newest = requirements.glibc().get();
        return needed.get().compareTo(newest) <= 0
                ? List.of()
                : List.of(Finding.error(subject + " needs glibc " + needed.get() + " (" + versions(elf, newest)
                        + "), but " + Parameter.GLIBC + " is " + newest
                        + ". Link it with cargo-zigbuild, compile it on a system with that glibc or"
                        + " an older one, or raise"
                        + " <glibc>. Hosted machines use cargo-zigbuild, and this one does if it and"
                        + " zig are on the PATH."));
    }

    /** Lists the versions that are too new, the newest first. */
    private static String versions(Elf elf, Version newest) {
        return SafeText.list(elf.dynamic().versions().stream()
                .filter(need -> !need.weak())
                .filter(need -> number(need).compareTo(newest) > 0)
                .sorted(Comparator.comparing(LibcCheck::number).reversed())
                .map(need -> need.name() + " of " + need.library())
                .distinct()
                .toList());
    }

    /** Returns the number of a glibc version; any other version counts as the oldest. */
    private static Version number(VersionNeed need) {
        return need.in("GLIBC").orElse(new Version(List.of(0)));
    }
}

package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.OperatingSystem;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.binary.Universal;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The oldest release of glibc, musl or macOS that runs a file, if the file names it.
 *
 * @param system {@code glibc}, {@code musl} or {@code macOS}
 */
public record OldestSystem(String system, Version version) {

    /** Returns the newest release that any part of {@code binary} needs. */
    static Optional<OldestSystem> of(Binary binary) {
        return all(binary).max(Comparator.comparing(OldestSystem::version));
    }

    private static Stream<OldestSystem> all(Binary binary) {
        if (binary instanceof Universal universal) {
            return universal.slices().stream().flatMap(slice -> all(slice.content()));
        }
        if (binary instanceof Elf elf) {
            return elf.highest("GLIBC").stream().map(version -> new OldestSystem("glibc", version));
        }
        return binary instanceof MachO machO && machO.os() == OperatingSystem.MACOS
                ? machO.system().stream()
                        .map(system -> new OldestSystem(machO.os().toString(), system.minimum()))
                : Stream.empty();
    }

    /** Returns for example {@code glibc 2.17}. */
    @Override
    public String toString() {
        return system + " " + version;
    }
}

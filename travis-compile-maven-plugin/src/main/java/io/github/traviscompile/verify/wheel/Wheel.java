package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.model.Cpu;
import io.github.traviscompile.model.LibcFamily;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.wheel.PlatformTag.TagSystem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a wheel.
 *
 * @param distInfo the folder of its metadata, without a slash
 * @param binaries in the order of the zip
 * @param files the paths of all files
 */
public record Wheel(WheelName name, String distInfo, List<WheelBinary> binaries, List<String> files) {

    public Wheel {
        binaries = List.copyOf(binaries);
        files = List.copyOf(files);
    }

    List<PlatformTag> platformTags() {
        return name.platforms().stream()
                .flatMap(text -> PlatformTag.parse(text).stream())
                .toList();
    }

    /**
     * Returns the name that PyPI accepts. The measured level of manylinux or musllinux replaces plain Linux; any other
     * name stays. Empty if no level has everything that the content needs.
     */
    public Optional<WheelName> publishedName() {
        List<PlatformTag> plain = platformTags().stream()
                .filter(tag -> tag.family() == TagSystem.LINUX)
                .toList();
        if (plain.isEmpty()) {
            return Optional.of(name);
        }
        Cpu cpu = plain.get(0).cpus().get(0);
        List<Elf> elves = binaries.stream()
                .flatMap(binary -> binary.images().stream())
                .filter(Elf.class::isInstance)
                .map(Elf.class::cast)
                .toList();
        if (elves.stream().anyMatch(elf -> elf.libc().family() == LibcFamily.MUSL)) {
            return Optional.of(
                    name.withPlatforms(List.of(PlatformTag.linux(TagSystem.MUSLLINUX, LinuxPolicy.MUSL, cpu))));
        }
        return LinuxPolicy.measure(elves, cpu).map(level -> name.withPlatforms(manylinux(level, cpu)));
    }

    private static List<String> manylinux(Version level, Cpu cpu) {
        return Stream.concat(
                        Stream.of(PlatformTag.linux(TagSystem.MANYLINUX, level, cpu)),
                        PlatformTag.legacy(level, cpu).stream())
                .toList();
    }
}

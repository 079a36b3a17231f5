package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.verify.binary.Archive;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.binary.Pe;
import io.github.traviscompile.verify.binary.Universal;
import io.github.traviscompile.verify.binary.Universal.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The facts about a binary, one per line of a table. */
public final class BinaryFacts {

    private final List<Fact> facts = new ArrayList<>();

    private BinaryFacts() {}

    public static List<Fact> of(Binary binary) {
        BinaryFacts lines = new BinaryFacts();
        lines.binary(binary);
        return List.copyOf(lines.facts);
    }

    private void binary(Binary binary) {
        if (binary instanceof Universal universal) {
            add("format", universal.format());
            for (Slice slice : universal.slices()) {
                binary(slice.content());
            }
        } else if (binary instanceof Archive archive) {
            add("format", archive.format());
            add(
                    "CPU",
                    SafeText.list(archive.objects().stream()
                            .map(Image::cpu)
                            .distinct()
                            .toList()));
            add("objects", String.valueOf(archive.objects().size()));
            add("exports", String.valueOf(archive.index().spelt().size()));
        } else if (binary instanceof Image image) {
            image(image);
        }
    }

    private void image(Image image) {
        add("format", image.format());
        add("CPU", image.cpu().id());
        add("system", image.os().toString());
        add("type", image.type().toString());
        if (image instanceof Elf elf) {
            add("C library", elf.libc().family().toString());
            elf.highest("GLIBC").ifPresent(version -> add("glibc", version.toString()));
            elf.highest("GLIBCXX").ifPresent(version -> add("libstdc++", "GLIBCXX_" + version));
            elf.highest("GCC").ifPresent(version -> add("libgcc", "GCC_" + version));
            elf.interpreter().ifPresent(path -> add("interpreter", SafeText.shown(path)));
            elf.dynamic().soname().ifPresent(name -> add("name", SafeText.shown(name)));
            paths(Stream.concat(elf.dynamic().rpath().stream(), elf.dynamic().runpath().stream())
                    .distinct()
                    .toList());
        } else if (image instanceof MachO machO) {
            machO.system()
                    .ifPresent(system ->
                            add("minimum " + image.os(), system.minimum().toString()));
            add("signature", machO.signed() ? "yes" : "no");
            machO.installName().ifPresent(name -> add("name", SafeText.shown(name)));
            paths(machO.rpaths());
        } else if (image instanceof Pe pe) {
            add("subsystem", pe.subsystem() == 2 ? "windows" : pe.subsystem() == 3 ? "console" : "other");
            add("C run time", pe.runTime().isEmpty() ? "linked in" : SafeText.list(pe.runTime()));
        }
        add("needs", image.needed().isEmpty() ? "nothing" : SafeText.list(image.needed()));
        add("exports", String.valueOf(image.exports().spelt().size()));
    }

    private void paths(List<String> rpath) {
        if (!rpath.isEmpty()) {
            add("rpath", SafeText.list(rpath));
        }
    }

    private void add(String name, String value) {
        facts.add(new Fact(name, value));
    }
}

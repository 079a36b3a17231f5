package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.verify.binary.Archive;
import io.github.traviscompile.verify.binary.Archive.Member;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Elf;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.MachO;
import io.github.traviscompile.verify.binary.Universal;
import io.github.traviscompile.verify.binary.Universal.Slice;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gate: checks a file against the rules of its platform and the demands of its project. A failing file is not
 * attached.
 *
 * @param platform the platform of the file
 * @param kind the kind of output
 */
public record BinaryCheck(Platform platform, OutputKind kind, Requirements requirements) {

    /**
     * Checks {@code file}; messages name its path.
     *
     * @throws WorkFailedException if the disk fails; a damaged file is a finding
     */
    public BinaryVerdict check(Path file) throws WorkFailedException {
        return check(file, file.toString());
    }

    /**
     * Checks {@code file}; messages name it {@code name}.
     *
     * @throws WorkFailedException if the disk fails; a damaged file is a finding
     */
    public BinaryVerdict check(Path file, String name) throws WorkFailedException {
        try {
            return check(Binary.read(file), name);
        } catch (InvalidBinaryException e) {
            String sentence = subject(name) + " is " + SafeText.shown(e.getMessage())
                    + ". It is damaged, or not a compiler's output:" + " compile it again, with "
                    + Parameter.FORCE_BUILD + " if it was kept from an earlier run.";
            return new BinaryVerdict(name, Optional.of(platform), Optional.empty(), List.of(Finding.error(sentence)));
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The file '" + file + "' cannot be read", e, "Check that it exists and is readable.");
        }
    }

    /** Checks a file that has been read; messages name it {@code name}. */
    public BinaryVerdict check(Binary binary, String name) {
        return new BinaryVerdict(name, Optional.of(platform), Optional.of(binary), findings(binary, subject(name)));
    }

    private String subject(String name) {
        return "The file " + SafeText.quoted(name) + " for " + platform;
    }

    private List<Finding> findings(Binary binary, String subject) {
        if (binary instanceof Universal universal) {
            return slices(universal, subject);
        }
        if (!platform.parts().isEmpty()) {
            return List.of(Finding.error(subject + " is a file for one processor, but a universal one is wanted, with a"
                    + " slice each for " + SafeText.list(platform.parts()) + ". Name the platform that it is for."));
        }
        if (binary instanceof Archive archive) {
            return archive(archive, subject);
        }
        return image((Image) binary, subject);
    }

    private List<Finding> slices(Universal universal, String subject) {
        List<Finding> findings = new ArrayList<>();
        List<Platform> lacking = new ArrayList<>(platform.parts());
        for (Slice slice : universal.slices()) {
            Optional<Platform> own = platform.parts().stream()
                    .filter(part -> ExpectedBinary.of(part.target()).cpu() == slice.cpu())
                    .findFirst();
            own.ifPresent(lacking::remove);
            Platform held = own.or(() -> platform.parts().stream().findFirst()).orElse(platform);
            String part = "The slice for " + slice.cpu() + " of t" + subject.substring(1);
            findings.addAll(new BinaryCheck(held, kind, requirements).findings(slice.content(), part));
        }
        if (!lacking.isEmpty()) {
            findings.add(Finding.error(subject + " has no slice for " + SafeText.list(lacking)
                    + ". Merge it with one, or name the platform that it is for."));
        }
        return findings;
    }

    private List<Finding> image(Image image, String subject) {
        ExpectedBinary target = ExpectedBinary.of(platform.target());
        if (!target.takes(image, kind)) {
            return List.of(other(subject, ExpectedBinary.described(image)));
        }
        List<Finding> findings = new ArrayList<>();
        if (image instanceof Elf elf) {
            findings.addAll(new LibcCheck(platform, target, requirements).check(elf, subject));
        }
        findings.addAll(new LibraryCheck(platform, requirements).check(image, subject));
        findings.addAll(PathCheck.check(image, subject));
        findings.addAll(new ExportCheck(kind, requirements).check(image.exports(), subject));
        if (image instanceof MachO machO) {
            findings.addAll(new AppleCheck(requirements).check(machO, subject));
        }
        return findings;
    }

    private List<Finding> archive(Archive archive, String subject) {
        ExpectedBinary target = ExpectedBinary.of(platform.target());
        if (kind != OutputKind.STATICLIB) {
            return List.of(other(subject, "an ar archive"));
        }
        if (archive.objects().isEmpty()) {
            return List.of(other(subject, "an ar archive without object files"));
        }
        List<Member> foreign = archive.members().stream()
                .filter(member ->
                        member.object().filter(object -> !target.takes(object)).isPresent())
                .toList();
        if (!foreign.isEmpty()) {
            Image first = foreign.get(0).object().orElseThrow();
            String found = "an ar archive that holds " + ExpectedBinary.described(first) + ", "
                    + SafeText.quoted(foreign.stream().map(Member::name).toList());
            return List.of(other(subject, found));
        }
        return new ExportCheck(kind, requirements).check(archive.index(), subject);
    }

    private Finding other(String subject, String found) {
        return Finding.error(subject + " is " + found + ", but "
                + ExpectedBinary.of(platform.target()).wanted(kind)
                + " is wanted. Its leg compiled for another target, or a build script replaced its output: compile for "
                + platform.target() + ", or request its real platform with " + Parameter.PLATFORMS + ".");
    }
}

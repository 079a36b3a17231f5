package io.github.traviscompile.verify.gate;

import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.verify.binary.Archive;
import io.github.traviscompile.verify.binary.Binary;
import io.github.traviscompile.verify.binary.Image;
import io.github.traviscompile.verify.binary.Universal;
import io.github.traviscompile.verify.binary.Universal.Slice;
import io.github.traviscompile.verify.bytes.InvalidBinaryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The gate for files outside a plan. Each file's content determines its kind and, if none is named, its platform.
 *
 * @param platform the platform of all files
 */
public record FileCheck(Optional<Platform> platform, Requirements requirements) {

    private static final String REMEDY = " Leave it out of " + Parameter.FILES;

    /**
     * Checks {@code file}; messages name its path.
     *
     * @return one verdict, or one per slice for a universal file
     * @throws WorkFailedException if the disk fails; a damaged file is a finding
     */
    public List<BinaryVerdict> check(Path file) throws WorkFailedException {
        String name = file.toString();
        try {
            Binary binary = Binary.read(file);
            if (platform.filter(whole -> !whole.parts().isEmpty()).isPresent()) {
                return List.of(whole(binary).check(binary, name));
            }
            List<BinaryVerdict> verdicts = new ArrayList<>();
            if (binary instanceof Universal universal) {
                for (Slice slice : universal.slices()) {
                    verdicts.add(check(new Universal(List.of(slice)), slice.content(), name));
                }
            } else {
                verdicts.add(check(binary, binary, name));
            }
            return verdicts;
        } catch (InvalidBinaryException e) {
            String sentence = "The file " + SafeText.quoted(name) + " is " + SafeText.shown(e.getMessage()) + "."
                    + REMEDY + ", or make it again.";
            return List.of(new BinaryVerdict(name, platform, Optional.empty(), List.of(Finding.error(sentence))));
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The file '" + file + "' cannot be read", e, "Check that it exists and is readable.");
        }
    }

    /** Returns the check for a platform of several parts; the first slice determines the kind. */
    private BinaryCheck whole(Binary binary) {
        Binary content = binary instanceof Universal universal
                ? universal.slices().get(0).content()
                : binary;
        return new BinaryCheck(platform.orElseThrow(), kind(content).orElse(OutputKind.CDYLIB), requirements);
    }

    /** @param content the source of kind and platform: {@code binary} itself, or its only slice */
    private BinaryVerdict check(Binary binary, Binary content, String name) {
        Optional<OutputKind> kind = kind(content);
        return Arrays.stream(Platform.values())
                .filter(candidate -> candidate.parts().isEmpty())
                .filter(candidate -> platform.isEmpty() || platform.get() == candidate)
                .filter(candidate -> mayBeFor(candidate, content, kind))
                .map(candidate -> new BinaryCheck(candidate, kind.orElseThrow(), requirements).check(binary, name))
                .min(Comparator.comparingInt(verdict -> verdict.errors().size()))
                .orElseGet(() -> new BinaryVerdict(
                        name, platform, Optional.of(binary), List.of(Finding.error(refusal(content, kind, name)))));
    }

    private String refusal(Binary content, Optional<OutputKind> kind, String name) {
        String found = "The file " + SafeText.quoted(name) + " is " + described(content);
        if (kind.isEmpty()) {
            return found + ", which is unusable on its own." + REMEDY + ".";
        }
        return platform.map(Platform::target)
                .map(ExpectedBinary::of)
                .map(target -> found + ", but " + target.wanted(kind.get()) + " is wanted. Name its own platform in"
                        + " " + Parameter.PLATFORM + ", or leave that out.")
                .orElse(found + ", which is for none of the platforms." + REMEDY + ".");
    }

    /**
     * Returns whether the platform fits. Several can: both C libraries of Linux, both compilers of Windows. The best
     * fit is chosen.
     */
    private static boolean mayBeFor(Platform candidate, Binary content, Optional<OutputKind> kind) {
        ExpectedBinary target = ExpectedBinary.of(candidate.target());
        return content instanceof Archive archive
                ? archive.objects().stream().findFirst().filter(target::takes).isPresent()
                : kind.filter(wanted -> target.takes((Image) content, wanted)).isPresent();
    }

    private static Optional<OutputKind> kind(Binary content) {
        if (content instanceof Archive) {
            return Optional.of(OutputKind.STATICLIB);
        }
        return switch (((Image) content).type()) {
            case EXECUTABLE -> Optional.of(OutputKind.BIN);
            case SHARED_LIBRARY -> Optional.of(OutputKind.CDYLIB);
            case OBJECT, IMPORT, OTHER -> Optional.empty();
        };
    }

    private static String described(Binary content) {
        if (content instanceof Archive archive) {
            return archive.objects().stream()
                    .findFirst()
                    .map(first -> "an ar archive that holds " + ExpectedBinary.described(first))
                    .orElse("an ar archive without object files");
        }
        return ExpectedBinary.described((Image) content);
    }
}

package io.github.traviscompile.run.plan;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.ArchiveFile;
import io.github.traviscompile.packaging.UniversalFile;
import io.github.traviscompile.run.api.FinishedLeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes the files of platforms that no leg compiles out of those of their parts.
 *
 * @param directory for the files of one platform
 */
public record Merger(Path directory) {

    /** The leg of {@code legs} for {@code platform}, or what stands for one where its files are merged from several. */
    static Leg leg(Platform platform, List<Leg> legs) throws ActionNeededException {
        List<Leg> parts = parts(platform, legs);
        Leg first = parts.get(0);
        if (platform.parts().isEmpty()) {
            return first;
        }
        if (parts.stream().map(Leg::service).distinct().count() > 1) {
            throw new ActionNeededException("The platform '" + platform + "' is merged from what one service compiles,"
                    + " but here that would be "
                    + parts.stream()
                            .map(leg -> leg.service().title() + " for " + leg.id())
                            .collect(Collectors.joining(" and "))
                    + ". Let one service compile both, by " + Parameter.CI + ".");
        }
        if (first.wheels().isPresent()) {
            throw new ActionNeededException("No wheel is made for the platform '" + platform + "': name "
                    + parts.stream().map(Leg::id).collect(Collectors.joining(" and "))
                    + " in " + Parameter.PLATFORMS + " instead, for a wheel each.");
        }
        return new Leg(
                platform,
                first.service(),
                first.toolchain(),
                first.build(),
                first.environment(),
                first.outputs(),
                Optional.empty(),
                first.smokeTest(),
                first.setup());
    }

    /** Those of {@code legs} that are compiled for {@code platform}, in the order of its parts. */
    public static List<Leg> parts(Platform platform, List<Leg> legs) {
        return platform.compiled().stream()
                .map(part -> legs.stream()
                        .filter(leg -> leg.platform() == part)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /** Merges each output that {@code leg} stands for; its {@code parts} are finished and were judged. */
    public FinishedLeg merge(Leg leg, List<Leg> parts, Map<Leg, FinishedLeg> finished) throws CrossCompileException {
        List<FinishedLeg> slices = parts.stream()
                .map(part -> Objects.requireNonNull(finished.get(part), part.id()))
                .toList();
        List<FinishedLeg.File> files = new ArrayList<>();
        for (Output output : leg.outputs()) {
            SortedMap<Platform, ArchiveFile> contents = new TreeMap<>();
            for (int i = 0; i < parts.size(); i++) {
                contents.put(parts.get(i).platform(), content(slices.get(i), output));
            }
            Path file = directory.resolve(output.fileName());
            Sha256 digest = UniversalFile.write(file, contents);
            files.add(new FinishedLeg.File(output, file, size(file), digest));
        }
        return FinishedLeg.of(
                files,
                details(slices),
                slices.stream().map(FinishedLeg::compileTime).reduce(Duration.ZERO, Duration::plus),
                slices.stream()
                        .map(FinishedLeg::finished)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH));
    }

    private static ArchiveFile content(FinishedLeg slice, Output output) {
        return slice.files().stream()
                .filter(file -> file.output().equals(output))
                .findFirst()
                .map(file -> new ArchiveFile(output.fileName(), file.path(), false, Optional.of(file.sha256())))
                .orElseThrow();
    }

    private static long size(Path file) throws WorkFailedException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw WorkFailedException.of("The file '" + file + "' cannot be read", e, "Run the goal again.");
        }
    }

    /** Returns the details that hold for all slices, and those of each; notes on single runs hold for neither and are left out. */
    private static SortedMap<String, String> details(List<FinishedLeg> slices) {
        SortedMap<String, String> details = new TreeMap<>();
        for (String name : slices.get(0).details().keySet()) {
            List<String> values = slices.stream()
                    .flatMap(slice -> Optional.ofNullable(slice.details().get(name)).stream())
                    .distinct()
                    .toList();
            if (values.size() == 1 || name.indexOf('.') < 0) {
                details.put(name, String.join("; ", values));
            }
        }
        return details;
    }
}

package io.github.traviscompile.run.deliver;

import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotFile;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.ArchiveFile;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.NativeJar;
import io.github.traviscompile.packaging.RawFile;
import io.github.traviscompile.packaging.Sha256Sums;
import io.github.traviscompile.packaging.TarGz;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.run.plan.ArtifactPlan;
import io.github.traviscompile.run.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The last step: writes the artifacts of each platform, their attestations, and the list of all digests. */
public final class ArtifactWriter {

    private final Plan plan;
    private final ArtifactPlan artifactPlan;
    private final Instant timestamp;
    private final List<ArchiveFile> documents;
    private final Attestations attestations;

    private ArtifactWriter(Plan plan, Instant timestamp, List<ArchiveFile> documents, Attestations attestations) {
        this.plan = plan;
        this.artifactPlan = plan.packing();
        this.timestamp = timestamp;
        this.documents = documents;
        this.attestations = attestations;
    }

    /** Checks, before anything is compiled, that the output directory is writable. */
    public static ArtifactWriter prepare(Plan plan, Snapshot snapshot, CrossCompileRequest request)
            throws CrossCompileException {
        Path directory = plan.directories().output();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The directory '" + directory + "' for the archives cannot be created",
                    e,
                    "Make it writable, or name another one in " + Parameter.OUTPUT_DIRECTORY + ".");
        }
        return new ArtifactWriter(
                plan,
                request.delivery().timestamp().orElse(TarGz.DEFAULT_TIME),
                documents(plan, snapshot),
                Attestations.prepare(plan, snapshot.tree(), request));
    }

    /** Packs each of {@code legs}; each is in one of the two maps. */
    public Delivered pack(
            List<Leg> legs,
            Map<Leg, FinishedLeg> reused,
            Map<Leg, FinishedLeg> compiled,
            Map<Leg, Inspection> inspections,
            Wheels wheels)
            throws CrossCompileException {
        List<DeliveredPlatform> platforms = new ArrayList<>();
        SortedMap<Platform, List<ArchiveFile>> natives = new TreeMap<>();
        for (Leg leg : legs) {
            boolean isReused = reused.containsKey(leg);
            FinishedLeg finished = (isReused ? reused : compiled).get(leg);
            Inspection inspection = inspections.get(leg);
            if (finished == null || inspection == null) {
                throw new IllegalStateException("The leg " + leg.id() + " was not delivered and inspected.");
            }
            List<DeliveredFile> files = new ArrayList<>();
            if (leg.hasCargoOutputs()) {
                files.addAll(
                        artifactPlan.format() == Format.RAW
                                ? separate(leg, finished)
                                : List.of(archive(leg, finished)));
                natives.put(leg.platform(), natives(finished));
            }
            files.addAll(wheels.deliver(leg));
            platforms.add(new DeliveredPlatform(
                    leg.platform(),
                    files,
                    attestations.write(leg, finished, files),
                    finished.compileTime(),
                    isReused,
                    inspection.beside(wheels.oldestSystem(leg))));
        }
        Optional<DeliveredFile> together = artifactPlan.together() && !natives.isEmpty()
                ? Optional.of(jar(artifactPlan.allPlatforms(), natives))
                : Optional.empty();
        Delivered delivered = new Delivered(platforms, together);
        SortedMap<String, Sha256> sums = new TreeMap<>();
        delivered.files().forEach(file -> sums.put(file.path().getFileName().toString(), file.sha256()));
        Sha256Sums.update(plan.directories().sums(), sums);
        return delivered;
    }

    private List<DeliveredFile> separate(Leg leg, FinishedLeg finished) throws CrossCompileException {
        List<DeliveredFile> files = new ArrayList<>();
        for (FinishedLeg.File file : cargoFiles(finished)) {
            ArtifactName name = artifactPlan.raw(leg, file.output());
            Path target = plan.directories().file(name);
            Sha256 digest = RawFile.write(target, inArchive(file));
            files.add(DeliveredFile.at(target, name, List.of(file.output().fileName()), digest));
        }
        return files;
    }

    private DeliveredFile archive(Leg leg, FinishedLeg finished) throws CrossCompileException {
        ArtifactName name = artifactPlan.names(leg).get(0);
        List<ArchiveFile> natives = natives(finished);
        Optional<Format.Writer> writer = artifactPlan.format().writer();
        if (writer.isEmpty()) {
            return jar(name, new TreeMap<>(Map.of(leg.platform(), natives)));
        }
        List<ArchiveFile> files = new ArrayList<>(documents);
        files.addAll(natives);
        Path target = plan.directories().file(name);
        Sha256 digest = writer.get().write(target, files, timestamp);
        return DeliveredFile.at(target, name, names(natives), digest);
    }

    private DeliveredFile jar(ArtifactName name, SortedMap<Platform, List<ArchiveFile>> natives)
            throws CrossCompileException {
        Path target = plan.directories().file(name);
        Sha256 digest = new NativeJar(artifactPlan.manifest(name), artifactPlan.layout(), natives, documents)
                .write(target, timestamp);
        return DeliveredFile.at(
                target,
                name,
                natives.values().stream()
                        .flatMap(files -> names(files).stream())
                        .toList(),
                digest);
    }

    private static List<String> names(List<ArchiveFile> files) {
        return files.stream().map(ArchiveFile::name).toList();
    }

    private static List<ArchiveFile> natives(FinishedLeg finished) {
        return cargoFiles(finished).stream().map(ArtifactWriter::inArchive).toList();
    }

    private static List<FinishedLeg.File> cargoFiles(FinishedLeg finished) {
        return finished.files().stream()
                .filter(file -> file.output().kind() != OutputKind.WHEEL)
                .toList();
    }

    private static ArchiveFile inArchive(FinishedLeg.File file) {
        return new ArchiveFile(
                file.output().fileName(), file.path(), file.output().kind().isExecutable(), Optional.of(file.sha256()));
    }

    /** Returns the licences and readmes of the snapshot; files outside it could differ between runs. */
    private static List<ArchiveFile> documents(Plan plan, Snapshot snapshot) {
        Set<String> taken = snapshot.files().stream().map(SnapshotFile::path).collect(Collectors.toSet());
        SortedMap<String, ArchiveFile> documents = new TreeMap<>();
        for (CargoPackage cargoPackage : plan.packages()) {
            for (Path document : cargoPackage.documents()) {
                String name = document.getFileName().toString();
                if (taken.contains(plan.pathInSnapshot(document))) {
                    documents.putIfAbsent(name, new ArchiveFile(name, document, false, Optional.empty()));
                }
            }
        }
        return List.copyOf(documents.values());
    }
}

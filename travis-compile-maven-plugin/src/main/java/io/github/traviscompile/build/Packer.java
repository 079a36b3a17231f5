package io.github.traviscompile.build;

import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotFile;
import io.github.traviscompile.packaging.ArchiveFile;
import io.github.traviscompile.packaging.Sha256Sums;
import io.github.traviscompile.packaging.TarGz;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Sha256;
import io.github.traviscompile.platform.WorkFailedException;
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

/** The last step: an archive for each platform, and the list of their digests. */
final class Packer {

    private final Plan plan;
    private final Instant timestamp;

    private Packer(Plan plan, Instant timestamp) {
        this.plan = plan;
        this.timestamp = timestamp;
    }

    /** Makes sure that archives can be written where the plan wants them, before anything is compiled. */
    static Packer prepare(Plan plan, Optional<Instant> timestamp) throws WorkFailedException {
        Path directory = plan.directories().output();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The directory '" + directory + "' for the archives cannot be made",
                    e,
                    "Make it writable, or name another one in <outputDirectory> (-Dtravis-compile.outputDirectory).");
        }
        return new Packer(plan, timestamp.orElse(TarGz.DEFAULT_TIME));
    }

    /** Packs every leg of the plan, each of which is in one of the two maps. */
    List<DeliveredPlatform> pack(
            Map<Leg, FinishedLeg> reused,
            Map<Leg, FinishedLeg> compiled,
            Map<Leg, Inspection> inspections,
            Snapshot snapshot)
            throws CrossCompileException {
        List<ArchiveFile> documents = documents(snapshot);
        List<DeliveredPlatform> delivered = new ArrayList<>();
        SortedMap<String, Sha256> sums = new TreeMap<>();
        for (Leg leg : plan.legs()) {
            boolean isReused = reused.containsKey(leg);
            FinishedLeg finished = (isReused ? reused : compiled).get(leg);
            Inspection inspection = inspections.get(leg);
            if (finished == null || inspection == null) {
                throw new IllegalStateException("The leg " + leg.id() + " was not delivered and inspected.");
            }
            DeliveredPlatform platform = pack(leg, finished, documents, isReused, inspection);
            sums.put(platform.archive().getFileName().toString(), platform.sha256());
            delivered.add(platform);
        }
        Sha256Sums.update(plan.directories().sums(), sums);
        return delivered;
    }

    private DeliveredPlatform pack(
            Leg leg, FinishedLeg finished, List<ArchiveFile> documents, boolean isReused, Inspection inspection)
            throws CrossCompileException {
        List<ArchiveFile> files = new ArrayList<>(documents);
        finished.files()
                .forEach(file -> files.add(new ArchiveFile(
                        file.output().fileName(),
                        file.path(),
                        file.output().kind().isExecutable(),
                        Optional.of(file.sha256()))));
        Path archive = plan.directories().archive(leg.platform());
        Sha256 sha256 = TarGz.write(archive, files, timestamp);
        return new DeliveredPlatform(
                leg.platform(),
                archive,
                finished.files().stream().map(file -> file.output().fileName()).toList(),
                size(archive),
                sha256,
                finished.compileTime(),
                isReused,
                inspection);
    }

    /** Licences and readmes, as far as they are part of the snapshot: only then are they the same in every run. */
    private List<ArchiveFile> documents(Snapshot snapshot) {
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

    private static long size(Path archive) throws WorkFailedException {
        try {
            return Files.size(archive);
        } catch (IOException e) {
            throw WorkFailedException.of("The archive '" + archive + "' cannot be read", e, "Run the goal again.");
        }
    }
}

package io.github.traviscompile.run.deliver;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SystemPackage;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.packaging.Crate;
import io.github.traviscompile.packaging.CrateBom;
import io.github.traviscompile.packaging.Provenance;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.legs.LegHistory;
import io.github.traviscompile.run.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The provenance and the bill of materials (SBOM) for a platform's files.
 *
 * @param cargoLock the digest of Cargo.lock
 * @param crates those of Cargo.lock, if a bill of materials is requested
 */
record Attestations(
        Plan plan,
        TreeId snapshot,
        Optional<Sha256> cargoLock,
        List<Crate> crates,
        String pluginVersion,
        Optional<Instant> timestamp) {

    /** Reads Cargo.lock while it still equals the snapshot's. */
    static Attestations prepare(Plan plan, TreeId snapshot, CrossCompileRequest request) throws CrossCompileException {
        Path root = plan.project().root();
        return new Attestations(
                plan,
                snapshot,
                plan.project().locked() ? Optional.of(digest(root.resolve("Cargo.lock"))) : Optional.empty(),
                plan.packing().bom() ? crates(CargoLock.read(root)) : List.of(),
                request.pluginVersion(),
                request.delivery().timestamp());
    }

    private static Sha256 digest(Path file) throws WorkFailedException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The file '" + file + "' cannot be read", e, "Make it readable for this user.");
        }
    }

    private static List<Crate> crates(CargoLock lock) {
        return lock.packages().stream()
                .map(locked -> new Crate(
                        locked.name(), locked.version(), locked.source(), locked.checksum(), locked.dependencies()))
                .toList();
    }

    /** Writes the requested attestations of {@code files}, which hold the outputs of {@code leg}. */
    List<DeliveredFile> write(Leg leg, FinishedLeg finished, List<DeliveredFile> files) throws CrossCompileException {
        List<DeliveredFile> attestations = new ArrayList<>();
        if (plan.packing().provenance()) {
            ArtifactName name = plan.packing().provenance(leg);
            Path target = plan.directories().file(name);
            Sha256 digest = provenance(leg, finished, files).write(target);
            attestations.add(DeliveredFile.at(target, name, List.of(), digest));
        }
        if (plan.packing().bom()) {
            ArtifactName name = plan.packing().bom(leg);
            Path target = plan.directories().file(name);
            attestations.add(DeliveredFile.at(target, name, List.of(), bom(leg).write(target)));
        }
        return attestations;
    }

    private Provenance provenance(Leg leg, FinishedLeg finished, List<DeliveredFile> files) {
        SortedMap<String, Sha256> subjects = new TreeMap<>();
        finished.files().stream()
                .filter(file -> file.output().kind() != OutputKind.WHEEL)
                .forEach(file -> subjects.put(file.output().fileName(), file.sha256()));
        files.forEach(file -> subjects.put(file.path().getFileName().toString(), file.sha256()));
        return new Provenance(
                subjects,
                new Provenance.Request(
                        leg.platform(),
                        arguments(leg),
                        leg.toolchain(),
                        leg.environment(),
                        leg.smokeTest(),
                        leg.setup().packages().stream().map(SystemPackage::name).toList(),
                        leg.setup().rustFlags()),
                LegHistory.materials(finished, snapshot, cargoLock),
                LegHistory.run(leg, finished, pluginVersion));
    }

    /** Returns cargo's arguments. Several targets in one call are equal to one call for each. */
    private static List<String> arguments(Leg leg) {
        List<Platform> compiled = leg.platform().compiled();
        List<String> arguments = new ArrayList<>(
                leg.build().arguments(compiled.get(0).target(), leg.setup().glibc()));
        compiled.stream()
                .skip(1)
                .forEach(platform ->
                        arguments.addAll(List.of("--target", platform.target().triple())));
        return arguments;
    }

    private CrateBom bom(Leg leg) {
        SortedSet<String> roots =
                plan.packages().stream().map(Attestations::id).collect(Collectors.toCollection(TreeSet::new));
        return new CrateBom(
                plan.packing().project().artifactId(),
                plan.packing().project().version(),
                leg.outputs().stream().anyMatch(output -> output.kind() == OutputKind.BIN),
                roots,
                crates,
                pluginVersion,
                timestamp);
    }

    /** Returns the id of a workspace package in Cargo.lock. */
    private static String id(CargoPackage cargoPackage) {
        return new Crate(cargoPackage.name(), cargoPackage.version(), Optional.empty(), Optional.empty(), List.of())
                .id();
    }
}

package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.cargo.CargoProject;
import io.github.traviscompile.cargo.PathDependency;
import io.github.traviscompile.git.SnapshotRequest;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.SmokeTestCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The plan of a run, made from the request and the manifests alone: no network, no cargo, nothing written. It fixes the set
 * of outputs that must arrive.
 *
 * @param packages those that are delivered, in the order of the request or of Cargo
 * @param legs one for each platform that is compiled, in the order in which the platforms were named
 * @param delivered one for each platform that was named: those of {@code legs}, and merged ones
 * @param routing who compiles each of them, and why
 * @param snapshot what is taken to where the legs compile
 * @param directories where the run reads and writes
 * @param wheels whether and how Python wheels are built
 * @param packing the form of what is delivered
 * @param transport the way of hosted legs' files to this machine
 * @param warnings full sentences
 */
public record Plan(
        CargoProject project,
        List<CargoPackage> packages,
        List<Leg> legs,
        List<Leg> delivered,
        Routing routing,
        SnapshotRequest snapshot,
        Directories directories,
        WheelPlan wheels,
        ArtifactPlan packing,
        TransportChoice transport,
        List<String> warnings) {

    public Plan {
        packages = List.copyOf(packages);
        legs = List.copyOf(legs);
        delivered = List.copyOf(delivered);
        warnings = List.copyOf(warnings);
    }

    /** Decides what {@code request} means for the project it names. */
    public static Plan of(CrossCompileRequest request) throws CrossCompileException {
        List<String> warnings = new ArrayList<>();
        Routing routing = Routing.of(request);
        warnings.addAll(routing.warnings());
        CargoProject project = CargoProject.read(request.projectDirectory());
        List<CargoPackage> packages = project.select(request.what().packages());
        CargoBuild build = cargoBuild(request.what(), project, packages, warnings);
        Path root = snapshotRoot(request, project);
        WheelPlan wheels = WheelPlan.of(request.what(), packages, root);
        SystemSettings systems = SystemSettings.of(request);
        List<Leg> legs = new ArrayList<>();
        for (Routing.Route route : routing.routes()) {
            wheels.requirePossible(route.platform(), route.service(), request.host());
            legs.add(leg(route, request.what(), build, project, wheels, systems));
        }
        List<Leg> delivered = new ArrayList<>();
        for (Platform platform : routing.delivered()) {
            delivered.add(Merger.leg(platform, legs));
        }
        CrossCompileRequest.Destination delivery = request.delivery();
        ArtifactPlan packing =
                ArtifactPlan.of(delivery.form(), coordinates(delivery, packages.get(0)), build.locked(), warnings);
        packing.requireDistinct(delivered, delivery.taken());
        Directories directories = Directories.of(request, packages);
        SnapshotRequest snapshot = snapshot(request, project, root, directories);
        TransportChoice transport = TransportChoice.of(request.hosting(), legs);
        return new Plan(
                project,
                packages,
                legs,
                delivered,
                routing,
                snapshot,
                directories,
                wheels,
                packing,
                transport,
                warnings);
    }

    /** Counts the delivered packages and their dependencies in Cargo.lock; empty without a Cargo.lock. */
    public OptionalInt crates() throws CrossCompileException {
        return project.locked()
                ? OptionalInt.of(CargoLock.read(project.root())
                        .reachable(packages.stream().map(CargoPackage::name).toList())
                        .size())
                : OptionalInt.empty();
    }

    private static CargoBuild cargoBuild(
            CrossCompileRequest.BuildOptions what,
            CargoProject project,
            List<CargoPackage> packages,
            List<String> warnings)
            throws ActionNeededException {
        project.requireProfile(what.profile());
        if (what.locked() && !project.locked()) {
            warnings.add(
                    "The Cargo project " + project.root() + " has no Cargo.lock, so cargo runs without --locked and"
                            + " chooses versions anew on every machine. Run 'cargo"
                            + " generate-lockfile' and keep the file, or set"
                            + " " + Parameter.LOCKED.setTo("false") + " to say"
                            + " that this is meant.");
        }
        try {
            return new CargoBuild(
                    packages.stream().map(CargoPackage::name).toList(),
                    what.features(),
                    what.noDefaultFeatures(),
                    what.profile(),
                    what.locked() && project.locked());
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    e.getMessage() + " Correct " + Parameter.PACKAGES + ", " + Parameter.FEATURES + " or "
                            + Parameter.PROFILE + ".",
                    e);
        }
    }

    private static Leg leg(
            Routing.Route route,
            CrossCompileRequest.BuildOptions what,
            CargoBuild all,
            CargoProject project,
            WheelPlan wheels,
            SystemSettings systems)
            throws CrossCompileException {
        Platform platform = route.platform();
        try {
            CargoBuild build = route.own().features().isEmpty()
                    ? all
                    : new CargoBuild(
                            all.packages(),
                            route.own().features(),
                            all.noDefaultFeatures(),
                            all.profile(),
                            all.locked());
            List<Output> outputs =
                    new ArrayList<>(wheels.cargo() ? project.outputs(build, platform.naming()) : List.of());
            wheels.build().ifPresent(each -> outputs.addAll(each.outputs()));
            Leg leg = new Leg(
                    platform,
                    route.service(),
                    Routing.toolchain(platform, route.own().toolchain().or(what::toolchain), build, project),
                    build,
                    systems.variables(platform),
                    outputs,
                    wheels.build(),
                    what.smokeTest().map(SmokeTestCommand::word),
                    systems.setup(platform, route.service(), outputs));
            SmokeTestPolicy.requirePossible(leg);
            return leg;
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    e.getMessage() + " Correct " + Parameter.TOOLCHAIN + ", <environment>, " + Parameter.SMOKE_TEST
                            + ", or what <platforms> says of " + platform + " alone.",
                    e);
        }
    }

    private static CrossCompileRequest.Coordinates coordinates(
            CrossCompileRequest.Destination delivery, CargoPackage first) {
        return delivery.project()
                .orElseGet(() -> new CrossCompileRequest.Coordinates("", first.name(), first.version()));
    }

    private static Path snapshotRoot(CrossCompileRequest request, CargoProject project) throws CrossCompileException {
        if (request.source().root().isEmpty()) {
            requireInside(project, project.root());
            return project.root();
        }
        Path named = request.source().root().get();
        if (!Files.isDirectory(named)) {
            throw new ActionNeededException("There is no directory '" + named + "', as " + Parameter.SNAPSHOT_ROOT
                    + " says. Set it to one that holds the Cargo project " + project.root() + ".");
        }
        Path root;
        try {
            root = named.toRealPath();
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The snapshot's root '" + named + "' cannot be read",
                    e,
                    "Make it readable, or correct " + Parameter.SNAPSHOT_ROOT + ".");
        }
        if (!project.root().startsWith(root)) {
            throw new ActionNeededException("The snapshot's root '" + root + "' does not hold the Cargo project "
                    + project.root() + ". Set " + Parameter.SNAPSHOT_ROOT + " to a directory that does.");
        }
        requireInside(project, root);
        return root;
    }

    private static void requireInside(CargoProject project, Path root) throws ActionNeededException {
        List<PathDependency> outside = project.pathDependenciesOutside(root);
        if (!outside.isEmpty()) {
            String named = outside.stream()
                    .map(dependency -> "'" + dependency.name() + "' at " + dependency.directory() + " (in "
                            + dependency.manifest() + ")")
                    .collect(Collectors.joining(", "));
            throw new ActionNeededException("These dependencies lie outside of " + root
                    + ", which is all that is taken to"
                    + " where the legs compile: " + named + ". Set " + Parameter.SNAPSHOT_ROOT + " to a"
                    + " directory that holds them too.");
        }
    }

    private static SnapshotRequest snapshot(
            CrossCompileRequest request, CargoProject project, Path root, Directories directories) {
        String lock = slashed(root.relativize(project.root().resolve("Cargo.lock")));
        return new SnapshotRequest(
                root,
                Stream.of(
                                request.delivery().buildDirectory().stream(),
                                request.source().tokenFile().stream(),
                                Stream.of(directories.output(), directories.work(), directories.cache()))
                        .flatMap(paths -> paths)
                        .map(Path::toAbsolutePath)
                        .toList(),
                request.source().includes(),
                request.source().excludes(),
                Set.of(lock),
                Set.copyOf(request.source().allowedSecrets()));
    }

    private static String slashed(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    /** The same plan after legs of it went to other services than those it was made with. */
    public Plan with(Collection<Leg> moved) throws ActionNeededException {
        Map<Platform, Leg> byPlatform = moved.stream().collect(Collectors.toMap(Leg::platform, leg -> leg));
        List<Leg> now = legs.stream()
                .map(leg -> byPlatform.getOrDefault(leg.platform(), leg))
                .toList();
        List<Leg> nowDelivered = new ArrayList<>();
        for (Leg leg : delivered) {
            nowDelivered.add(Merger.leg(leg.platform(), now));
        }
        return new Plan(
                project,
                packages,
                now,
                nowDelivered,
                routing,
                snapshot,
                directories,
                wheels,
                packing,
                transport,
                warnings);
    }

    /** Returns the title of the project: its first package, with the version. */
    public String title() {
        return packages.get(0).name() + " " + packages.get(0).version();
    }

    /** The legs that nothing compiles: their files are merged from those of others. */
    public List<Leg> merged() {
        return delivered.stream().filter(leg -> !legs.contains(leg)).toList();
    }

    /** Returns the name in the snapshot of {@code file}, which lies below its root. */
    public String pathInSnapshot(Path file) {
        return slashed(snapshot.root().relativize(file));
    }

    /** The folder of the Cargo workspace below the snapshot's root; the empty path where they are the same. */
    public Path workspacePath() {
        return snapshot.root().relativize(project.root());
    }
}

package io.github.traviscompile.run.plan;

import io.github.traviscompile.ci.PinnedTool;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.SecretFinding;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotListing;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.GlibcFloor;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reports what a run would do. It uses no network, writes nothing, and needs nothing that only compiling needs.
 *
 * @param pluginVersion this plugin's
 * @param project the root of the Cargo workspace
 * @param packages those that are delivered
 * @param snapshot what is taken along
 * @param toolchain this machine's; empty where it has none, or compiles nothing
 * @param delivery how hosted legs deliver; empty where there are none
 * @param legs those that are compiled
 * @param merged those whose files are put together from others'
 * @param warnings what stands in the way or should be known
 */
public record PlanReport(
        String pluginVersion,
        Path project,
        List<PlannedPackage> packages,
        SnapshotSummary snapshot,
        Optional<Toolchain> toolchain,
        Optional<TransportChoice> delivery,
        List<Compiled> legs,
        List<Merged> merged,
        List<String> warnings) {

    /** A package of Cargo's. */
    record PlannedPackage(String name, String version) {}

    /**
     * The snapshot.
     *
     * @param files all of them
     * @param listed whether the report names each file
     */
    record SnapshotSummary(Path root, SnapshotListing files, boolean listed) {}

    /**
     * This machine's compiler.
     *
     * @param release such as {@code 1.95.0}
     */
    record Toolchain(String release, Path rustc) {}

    /**
     * A leg that is compiled.
     *
     * @param reason why the services before its own do not; else empty
     * @param substitutes who else may, in this order
     * @param linking a phrase on the glibc that it links for, where the request names one
     * @param installing a phrase on the packages that its machine installs, where the request names some
     * @param archives the files that are delivered of it; none where it is only merged into another
     */
    record Compiled(
            Leg leg,
            String reason,
            List<Service> substitutes,
            Optional<String> linking,
            Optional<String> installing,
            List<String> archives) {}

    /**
     * A platform that is merged from others.
     *
     * @param parts of which
     * @param archives the files that are delivered of it
     */
    record Merged(Leg leg, List<Platform> parts, List<String> archives) {}

    public PlanReport {
        packages = List.copyOf(packages);
        legs = List.copyOf(legs);
        merged = List.copyOf(merged);
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at the project that {@code request} names.
     *
     * @param verbose whether every file of the snapshot is listed
     */
    public static PlanReport of(CrossCompileRequest request, boolean verbose) throws CrossCompileException {
        Plan plan = Plan.of(request);
        SnapshotListing snapshot = Snapshot.list(plan.snapshot());
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(snapshot.warnings());
        SystemCrates.warning(plan).ifPresent(warnings::add);
        snapshot.secrets().forEach(secret -> warnings.add(sentence(secret)));
        Optional<LocalToolchain> toolchain = plan.legs().stream().anyMatch(PlanReport::isLocal)
                ? toolchain(request, plan, warnings)
                : Optional.empty();
        List<Compiled> legs = new ArrayList<>();
        for (Leg leg : plan.legs()) {
            if (toolchain.isPresent() && isLocal(leg)) {
                check(request, plan, toolchain.get(), leg, warnings);
            }
            legs.add(compiled(request, plan, leg));
        }
        return new PlanReport(
                request.pluginVersion(),
                plan.project().root(),
                plan.packages().stream()
                        .map(each -> new PlannedPackage(each.name(), each.version()))
                        .toList(),
                new SnapshotSummary(plan.snapshot().root(), snapshot, verbose),
                toolchain.map(found -> new Toolchain(found.release(), found.rustc())),
                plan.legs().stream().allMatch(PlanReport::isLocal) ? Optional.empty() : Optional.of(plan.transport()),
                legs,
                plan.merged().stream()
                        .map(leg -> new Merged(leg, leg.platform().parts(), archives(plan, leg)))
                        .toList(),
                warnings);
    }

    /** Returns the report as lines of text. */
    public List<String> lines() {
        return PlanText.of(this);
    }

    /** The same for a program: a document as the site's {@code plan.schema.json} describes it. */
    public String json() {
        return PlanJson.of(this);
    }

    /** Whether this machine compiles {@code leg}. */
    static boolean isLocal(Leg leg) {
        return leg.service().isLocal();
    }

    private static Compiled compiled(CrossCompileRequest request, Plan plan, Leg leg) {
        Optional<Routing.Route> route = plan.routing().routes().stream()
                .filter(each -> each.platform() == leg.platform())
                .findFirst();
        return new Compiled(
                leg,
                route.map(Routing.Route::reason).orElse(""),
                route.map(Routing.Route::substitutes).orElse(List.of()),
                links(request, leg),
                installs(request, leg),
                plan.delivered().contains(leg) ? archives(plan, leg) : List.of());
    }

    private static List<String> archives(Plan plan, Leg leg) {
        return plan.packing().names(leg).stream()
                .map(name -> name.fileName(plan.directories().finalName()))
                .toList();
    }

    /** Returns a phrase on the glibc that {@code leg} links for, where the request names one. */
    private static Optional<String> links(CrossCompileRequest request, Leg leg) {
        Optional<Version> asked = request.promises().glibc();
        if (asked.isEmpty() || !leg.hasCargoOutputs() || !GlibcFloor.matters(leg.target())) {
            return Optional.empty();
        }
        if (leg.setup().glibc().isEmpty()) {
            return Optional.of("links with this machine's glibc, and fails if more than " + asked.get()
                    + " is needed: for that one would link cargo-zigbuild, which is not on the PATH");
        }
        return Optional.of("links for glibc " + leg.setup().glibc().get() + " by "
                + (isLocal(leg)
                        ? "the cargo-zigbuild of this machine"
                        : PinnedTool.zigbuildInWords() + ", which the machine fetches"));
    }

    /** Returns a phrase on the packages that the machine of {@code leg} installs, where the request names some. */
    private static Optional<String> installs(CrossCompileRequest request, Leg leg) {
        PackageManager manager = PackageManager.of(leg.platform());
        List<String> asked = request.what().systems().packages().getOrDefault(manager, List.of());
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isLocal(leg)
                        ? "installs nothing: <systemPackages> is for hosted machines, and this one has what it has"
                        : "installs " + String.join(", ", asked) + " by " + manager);
    }

    private static Optional<LocalToolchain> toolchain(CrossCompileRequest request, Plan plan, List<String> warnings) {
        try {
            return Optional.of(LocalToolchain.find(
                    request.host().environment(),
                    plan.project().root(),
                    request.what().toolchain()));
        } catch (CrossCompileException e) {
            warnings.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static void check(
            CrossCompileRequest request, Plan plan, LocalToolchain toolchain, Leg leg, List<String> warnings) {
        try {
            toolchain.environmentFor(
                    leg, request.host().environment(), plan.project().root());
        } catch (CrossCompileException e) {
            warnings.add(e.getMessage());
        }
    }

    private static String sentence(SecretFinding secret) {
        return "The snapshot would be refused: " + secret + ".";
    }
}

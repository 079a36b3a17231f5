package io.github.traviscompile.run.plan;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.packaging.JsonFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a JSON document of version 1, as {@code plan.schema.json} on the site describes it. The components are the
 * document's members, in its order; null leaves a member out.
 */
record PlanJson(
        int version,
        String plugin,
        String project,
        List<PlanReport.PlannedPackage> packages,
        Snapshot snapshot,
        @Nullable Toolchain toolchain,
        @Nullable Delivery delivery,
        List<PlannedLeg> legs,
        List<Merged> merged,
        List<String> warnings) {

    private static final int VERSION = 1;

    private record Snapshot(
            String root, int count, long bytes, @Nullable List<File> files) {}

    private record File(String path, long bytes) {}

    private record Toolchain(String release, String rustc) {}

    private record Delivery(String way, @Nullable String reason) {}

    private record PlannedLeg(
            String platform,
            String target,
            String service,
            @Nullable String reason,
            List<String> substitutes,
            @Nullable String toolchain,
            @Nullable List<String> cargo,
            @Nullable Wheels wheels,
            @Nullable String links,
            @Nullable String installs,
            List<String> outputs,
            List<String> artifacts) {}

    private record Wheels(String directory, List<String> pythons) {}

    private record Merged(String platform, List<String> parts, List<String> outputs, List<String> artifacts) {}

    /** Returns the document for {@code report}. */
    static String of(PlanReport report) {
        return JsonFile.text(new PlanJson(
                VERSION,
                report.pluginVersion(),
                report.project().toString(),
                report.packages(),
                snapshot(report.snapshot()),
                report.toolchain()
                        .map(found ->
                                new Toolchain(found.release(), found.rustc().toString()))
                        .orElse(null),
                report.delivery()
                        .map(choice -> new Delivery(choice.kind().id(), unlessEmpty(choice.reason())))
                        .orElse(null),
                report.legs().stream().map(PlanJson::leg).toList(),
                report.merged().stream().map(PlanJson::merged).toList(),
                report.warnings()));
    }

    private static Snapshot snapshot(PlanReport.SnapshotSummary snapshot) {
        return new Snapshot(
                snapshot.root().toString(),
                snapshot.files().files().size(),
                snapshot.files().bytes(),
                snapshot.listed()
                        ? snapshot.files().files().stream()
                                .map(file -> new File(file.path(), file.bytes()))
                                .toList()
                        : null);
    }

    private static PlannedLeg leg(PlanReport.Compiled compiled) {
        Leg leg = compiled.leg();
        return new PlannedLeg(
                leg.id(),
                leg.target().triple(),
                leg.service().id(),
                unlessEmpty(compiled.reason()),
                compiled.substitutes().stream().map(Service::id).toList(),
                leg.toolchain().orElse(null),
                leg.hasCargoOutputs()
                        ? leg.build().arguments(leg.target(), leg.setup().glibc())
                        : null,
                leg.wheels()
                        .map(wheels -> new Wheels(wheels.directory(), wheels.pythons()))
                        .orElse(null),
                compiled.linking().orElse(null),
                compiled.installing().orElse(null),
                outputs(leg),
                compiled.archives());
    }

    private static Merged merged(PlanReport.Merged merged) {
        return new Merged(
                merged.leg().id(),
                merged.parts().stream().map(Platform::id).toList(),
                outputs(merged.leg()),
                merged.archives());
    }

    private static List<String> outputs(Leg leg) {
        return leg.outputs().stream().map(Output::fileName).toList();
    }

    private static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}

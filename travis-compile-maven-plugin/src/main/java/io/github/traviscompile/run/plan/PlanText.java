package io.github.traviscompile.run.plan;

import io.github.traviscompile.git.SnapshotFile;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the report of a plan as lines of text. */
final class PlanText {

    private PlanText() {}

    static List<String> of(PlanReport preview) {
        List<String> lines = new ArrayList<>();
        lines.add("Cargo project  " + preview.project());
        lines.add("Packages       "
                + preview.packages().stream()
                        .map(each -> each.name() + " " + each.version())
                        .collect(Collectors.joining(", ")));
        PlanReport.SnapshotSummary snapshot = preview.snapshot();
        lines.add(String.format(
                Locale.ROOT,
                "Snapshot       %d files, %d bytes, from %s",
                snapshot.files().files().size(),
                snapshot.files().bytes(),
                snapshot.root()));
        if (snapshot.listed()) {
            snapshot.files().files().forEach(file -> lines.add("  " + words(file)));
        }
        if (preview.legs().stream().anyMatch(compiled -> PlanReport.isLocal(compiled.leg()))) {
            lines.add("Toolchain      "
                    + preview.toolchain()
                            .map(found -> "rustc " + found.release() + " at " + found.rustc())
                            .orElse("none here"));
        }
        preview.delivery().ifPresent(choice -> lines.add("Delivery       " + choice.inWords()));
        preview.legs().forEach(leg -> lines.addAll(words(leg)));
        for (PlanReport.Merged merged : preview.merged()) {
            lines.add(merged.leg().platform() + " ← "
                    + merged.parts().stream().map(Platform::id).collect(Collectors.joining(" and ")));
            lines.add(delivers(merged.leg(), merged.archives()));
        }
        if (preview.legs().stream().anyMatch(leg -> !leg.substitutes().isEmpty())) {
            lines.add(
                    "Whether a service is ready is asked when cross-compile runs; where one is not, the next one that has"
                            + " a machine and a token compiles instead.");
        }
        return lines;
    }

    private static List<String> words(PlanReport.Compiled compiled) {
        Leg leg = compiled.leg();
        List<String> lines = new ArrayList<>();
        lines.add(leg.platform() + " (" + leg.target() + ") → " + leg.service()
                + (compiled.reason().isEmpty() ? "" : ": " + compiled.reason()));
        if (leg.hasCargoOutputs()) {
            lines.add("  cargo "
                    + String.join(
                            " ", leg.build().arguments(leg.target(), leg.setup().glibc())));
        }
        leg.wheels()
                .ifPresent(wheels -> lines.add("  pip wheel ./" + wheels.directory()
                        + wheels.pythons().stream()
                                .map(python -> ", Python " + python)
                                .collect(Collectors.joining())));
        lines.add(compiled.archives().isEmpty() ? "  delivers nothing by itself" : delivers(leg, compiled.archives()));
        compiled.linking().ifPresent(phrase -> lines.add("  " + phrase));
        compiled.installing().ifPresent(phrase -> lines.add("  " + phrase));
        return lines;
    }

    private static String delivers(Leg leg, List<String> archives) {
        return "  delivers " + leg.outputs().stream().map(Output::fileName).collect(Collectors.joining(", ")) + " in "
                + String.join(", ", archives);
    }

    private static String words(SnapshotFile file) {
        return String.format(Locale.ROOT, "%10d  %s", file.bytes(), file.path());
    }
}

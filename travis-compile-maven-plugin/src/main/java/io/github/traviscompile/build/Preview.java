package io.github.traviscompile.build;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoPackage;
import io.github.traviscompile.cargo.CargoProject;
import io.github.traviscompile.cargo.SystemLibrary;
import io.github.traviscompile.ci.PinnedTool;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.SecretFinding;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotFile;
import io.github.traviscompile.git.SnapshotListing;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.GlibcFloor;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Output;
import io.github.traviscompile.platform.PackageManager;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run would do, in words: no network, nothing written, and nothing needed that only compiling needs.
 *
 * @param lines what would happen
 * @param warnings what stands in the way or should be known
 */
public record Preview(List<String> lines, List<String> warnings) {

    public Preview {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at the project that {@code request} names.
     *
     * @param verbose whether every file of the snapshot is listed
     */
    public static Preview of(CrossCompileRequest request, boolean verbose) throws CrossCompileException {
        Plan plan = Plan.of(request);
        SnapshotListing snapshot = Snapshot.list(plan.snapshot());
        List<String> lines = new ArrayList<>();
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(snapshot.warnings());
        warnings.addAll(systemCrates(plan));
        snapshot.secrets().forEach(secret -> warnings.add(sentence(secret)));

        lines.add("Cargo project  " + plan.project().root());
        lines.add(
                "Packages       " + plan.packages().stream().map(Preview::words).collect(Collectors.joining(", ")));
        lines.add(String.format(
                Locale.ROOT,
                "Snapshot       %d files, %d bytes, from %s",
                snapshot.files().size(),
                snapshot.bytes(),
                plan.snapshot().root()));
        if (verbose) {
            snapshot.files().forEach(file -> lines.add("  " + words(file)));
        }
        Optional<LocalToolchain> toolchain = toolchain(request, plan, warnings);
        lines.add("Toolchain      "
                + toolchain
                        .map(found -> "rustc " + found.release() + " at " + found.rustc())
                        .orElse("none here"));
        if (plan.legs().stream().anyMatch(leg -> leg.service() != Service.LOCAL)) {
            lines.add("Delivery       " + words(plan.handover()));
        }
        for (Leg leg : plan.legs()) {
            if (toolchain.isPresent()) {
                check(request, plan, toolchain.get(), leg, warnings);
            }
            lines.addAll(words(plan, leg));
            lines.addAll(links(request, leg));
            lines.addAll(installs(request, leg));
        }
        for (Leg leg : plan.merged()) {
            lines.add(leg.platform() + " ← "
                    + leg.platform().parts().stream().map(Platform::word).collect(Collectors.joining(" and ")));
            lines.add(delivers(plan, leg));
        }
        if (plan.routing().routes().stream()
                .anyMatch(route -> !route.substitutes().isEmpty())) {
            lines.add(
                    "Whether a service is ready is asked when cross-compile runs; where one is not, the next one that has"
                            + " a machine and a token compiles instead.");
        }
        return new Preview(lines, warnings);
    }

    private static List<String> systemCrates(Plan plan) throws CrossCompileException {
        CargoProject project = plan.project();
        List<String> crates = new ArrayList<>();
        if (project.locked()) {
            for (SystemLibrary library : CargoLock.read(project.root()).systemCrates()) {
                SortedSet<String> lacking = lacking(library, plan.legs());
                if (library.packages().isEmpty()) {
                    crates.add(library.crate());
                } else if (!lacking.isEmpty()) {
                    crates.add(library.crate() + " (" + String.join(", ", lacking) + ")");
                }
            }
        }
        return crates.isEmpty()
                ? List.of()
                : List.of("Cargo.lock names crates that bind libraries of the system: " + String.join(", ", crates)
                        + ". A machine that lacks one of these libraries for a platform cannot link that leg. Name for"
                        + " hosted machines in <systemPackages> what brings it, install it on this one, or switch on"
                        + " the crate's own feature that compiles it along, if it has one.");
    }

    /** What brings {@code library} to the machines of {@code legs} and is not installed there. */
    private static SortedSet<String> lacking(SystemLibrary library, List<Leg> legs) {
        SortedSet<String> lacking = new TreeSet<>();
        for (Leg leg : legs) {
            PackageManager manager = PackageManager.of(leg.platform());
            Optional<String> name = Optional.ofNullable(library.packages().get(manager));
            boolean installed = leg.setup().packages().stream()
                    .anyMatch(each -> each.name().replaceFirst(":.*", "").equals(name.orElse("")));
            if (name.isPresent() && !installed) {
                lacking.add(manager + ": " + name.get());
            }
        }
        return lacking;
    }

    /** For which glibc {@code leg} is linked, where one is asked for. */
    private static List<String> links(CrossCompileRequest request, Leg leg) {
        Optional<String> asked = request.promises().glibc();
        if (asked.isEmpty() || !leg.owesCargoOutputs() || !GlibcFloor.matters(leg.target())) {
            return List.of();
        }
        if (leg.setup().glibc().isEmpty()) {
            return List.of("  links with this machine's glibc, and fails if more than " + asked.get()
                    + " is needed: for that one would link cargo-zigbuild, which is not on the PATH");
        }
        return List.of("  links for glibc " + leg.setup().glibc().get() + " by "
                + (leg.service() == Service.LOCAL
                        ? "the cargo-zigbuild of this machine"
                        : PinnedTool.zigbuildInWords() + ", which the machine fetches"));
    }

    /** What the machine of {@code leg} installs, where anything is asked for its system. */
    private static List<String> installs(CrossCompileRequest request, Leg leg) {
        PackageManager manager = PackageManager.of(leg.platform());
        List<String> asked = request.what().systems().packages().getOrDefault(manager, List.of());
        if (asked.isEmpty()) {
            return List.of();
        }
        return List.of(
                leg.service() == Service.LOCAL
                        ? "  installs nothing: <systemPackages> is for hosted machines, and this one has what it has"
                        : "  installs " + String.join(", ", asked) + " by " + manager);
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

    private static String words(DeliveryChoice choice) {
        return switch (choice.way()) {
                    case TUNNEL -> "by uploads through a tunnel";
                    case ARTIFACTS -> "by artifacts of GitHub Actions, without a tunnel";
                }
                + (choice.reason().isEmpty() ? "" : ". " + choice.reason());
    }

    private static List<String> words(Plan plan, Leg leg) {
        List<String> lines = new ArrayList<>();
        lines.add(leg.platform() + " (" + leg.target() + ") → " + leg.service() + reason(plan, leg));
        if (leg.owesCargoOutputs()) {
            lines.add("  cargo "
                    + String.join(
                            " ", leg.build().arguments(leg.target(), leg.setup().glibc())));
        }
        leg.wheels()
                .ifPresent(wheels -> lines.add("  pip wheel ./" + wheels.directory()
                        + wheels.pythons().stream()
                                .map(python -> ", Python " + python)
                                .collect(Collectors.joining())));
        lines.add(plan.delivered().contains(leg) ? delivers(plan, leg) : "  delivers nothing by itself");
        return lines;
    }

    private static String delivers(Plan plan, Leg leg) {
        return "  delivers " + leg.outputs().stream().map(Output::fileName).collect(Collectors.joining(", ")) + " in "
                + plan.packing().names(leg).stream()
                        .map(name -> name.fileName(plan.directories().finalName()))
                        .collect(Collectors.joining(", "));
    }

    private static String reason(Plan plan, Leg leg) {
        return plan.routing().routes().stream()
                .filter(route ->
                        route.platform() == leg.platform() && !route.reason().isEmpty())
                .map(route -> ": " + route.reason())
                .findFirst()
                .orElse("");
    }

    private static String words(CargoPackage cargoPackage) {
        return cargoPackage.name() + " " + cargoPackage.version();
    }

    private static String words(SnapshotFile file) {
        return String.format(Locale.ROOT, "%10d  %s", file.bytes(), file.path());
    }

    private static String sentence(SecretFinding secret) {
        return "The snapshot would be refused: " + secret + ".";
    }
}

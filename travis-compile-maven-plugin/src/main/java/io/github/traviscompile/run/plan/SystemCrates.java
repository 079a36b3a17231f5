package io.github.traviscompile.run.plan;

import io.github.traviscompile.cargo.CargoLock;
import io.github.traviscompile.cargo.CargoProject;
import io.github.traviscompile.cargo.SystemLibrary;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.PackageManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the crates that bind libraries which a leg's machine may lack. */
public final class SystemCrates {

    private SystemCrates() {}

    /** A sentence on those of {@code plan}; empty where there are none. */
    public static Optional<String> warning(Plan plan) throws CrossCompileException {
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
                ? Optional.empty()
                : Optional.of("Cargo.lock names crates that bind libraries of the system: " + String.join(", ", crates)
                        + ". A machine that lacks one of these libraries for a platform cannot link that leg. Name for"
                        + " hosted machines in <systemPackages> what brings it, install it on this one, or switch on"
                        + " the crate's own feature that compiles it along, if it has one.");
    }

    /** Returns the packages with {@code library} that the machines of {@code legs} do not install. */
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
}

package io.github.traviscompile.run.deliver;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSetup;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.InspectedFile;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.verify.gate.BinaryCheck;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.OldestSystem;
import io.github.traviscompile.verify.gate.Requirements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The gate between received files and packing: fails the run if a file contradicts its declared platform or kind. */
public final class DeliveryGate {

    private final Requirements requirements;
    private final EventPublisher listener;

    private DeliveryGate(Requirements requirements, EventPublisher listener) {
        this.requirements = requirements;
        this.listener = listener;
    }

    /** Parses the constraints early, so that a mistake in them costs no compilation. */
    public static DeliveryGate of(Constraints constraints, EventPublisher listener) throws CrossCompileException {
        return new DeliveryGate(constraints.requirements(), listener);
    }

    /**
     * Checks every file of {@code legs}, each of which is delivered.
     *
     * @param ofWheels the errors of the wheels, which are checked separately
     * @throws ActionNeededException if any file fails, naming all findings of all platforms
     */
    public Map<Leg, Inspection> judge(List<Leg> legs, Map<Leg, FinishedLeg> delivered, List<String> ofWheels)
            throws CrossCompileException {
        Map<Leg, Inspection> inspections = new LinkedHashMap<>();
        List<BinaryVerdict> all = new ArrayList<>();
        for (Leg leg : legs) {
            List<BinaryVerdict> verdicts = judge(leg, Objects.requireNonNull(delivered.get(leg), leg.id()));
            inspections.put(leg, inspection(verdicts));
            all.addAll(verdicts);
        }
        all.stream().flatMap(verdict -> verdict.warnings().stream()).distinct().forEach(listener::warning);
        List<String> errors = Stream.concat(
                        all.stream().flatMap(verdict -> verdict.errors().stream()), ofWheels.stream())
                .distinct()
                .toList();
        if (!errors.isEmpty()) {
            throw new ActionNeededException(String.join("\n", errors) + "\nNothing was attached.");
        }
        return inspections;
    }

    private List<BinaryVerdict> judge(Leg leg, FinishedLeg finished) throws CrossCompileException {
        Requirements wanted = linksRunTimeIn(leg) ? requirements.withStaticRunTime() : requirements;
        List<BinaryVerdict> verdicts = new ArrayList<>();
        for (FinishedLeg.File file : finished.files()) {
            if (file.output().kind() == OutputKind.WHEEL) {
                continue;
            }
            verdicts.add(new BinaryCheck(leg.platform(), file.output().kind(), wanted)
                    .check(file.path(), file.output().fileName()));
        }
        return verdicts;
    }

    /** Returns whether rustc links Microsoft's C run time statically (The rustc book, "crt-static"). */
    private static boolean linksRunTimeIn(Leg leg) {
        return leg.setup().rustFlags().containsAll(LegSetup.STATIC_CRT)
                || leg.environment().entrySet().stream()
                        .anyMatch(variable -> variable.getKey().endsWith("RUSTFLAGS")
                                && variable.getValue().contains("+crt-static"));
    }

    private static Inspection inspection(List<BinaryVerdict> verdicts) {
        return new Inspection(
                verdicts.stream()
                        .flatMap(verdict -> verdict.oldestSystem().stream())
                        .max(Comparator.comparing(OldestSystem::version)),
                verdicts.stream().map(InspectedFile::of).toList());
    }
}

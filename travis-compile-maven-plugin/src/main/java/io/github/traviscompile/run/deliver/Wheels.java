package io.github.traviscompile.run.deliver;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.model.WheelBuild;
import io.github.traviscompile.packaging.RetaggedWheel;
import io.github.traviscompile.run.api.Constraints;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.verify.gate.OldestSystem;
import io.github.traviscompile.verify.wheel.Wheel;
import io.github.traviscompile.verify.wheel.WheelCheck;
import io.github.traviscompile.verify.wheel.WheelName;
import io.github.traviscompile.verify.wheel.WheelVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The wheels of a run: checked on arrival, retagged to the level that they satisfy, and checked again. */
public final class Wheels {

    /** A wheel that passed, and its published name. */
    private record Passed(FinishedLeg.File file, Wheel wheel, WheelName published) {}

    private final Plan plan;
    private final Map<Leg, List<Passed>> passed;
    private final List<String> errors;
    private final List<String> warnings;

    private Wheels(Plan plan, Map<Leg, List<Passed>> passed, List<String> errors, List<String> warnings) {
        this.plan = plan;
        this.passed = passed;
        this.errors = List.copyOf(errors);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Checks the wheels of all legs of the plan.
     *
     * @param constraints those on libraries and glibc hold for wheels too
     */
    public static Wheels judge(Plan plan, Map<Leg, FinishedLeg> finished, Constraints constraints)
            throws CrossCompileException {
        Map<Leg, List<Passed>> passed = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Optional<Version> newest = constraints.requirements().glibc();
        for (Leg leg : plan.legs()) {
            FinishedLeg delivered = Objects.requireNonNull(finished.get(leg), leg.id());
            WheelCheck check = new WheelCheck(
                    Optional.of(leg.platform()), plan.wheels().project(), constraints.allowedLibraries(), true);
            List<Passed> ofLeg = new ArrayList<>();
            for (FinishedLeg.File file : delivered.files()) {
                if (file.output().kind() == OutputKind.WHEEL) {
                    WheelVerdict verdict = check.check(file.path(), name(delivered, file));
                    errors.addAll(verdict.errors());
                    warnings.addAll(verdict.warnings());
                    verdict.wheel()
                            .flatMap(
                                    wheel -> wheel.publishedName().map(published -> new Passed(file, wheel, published)))
                            .ifPresent(wheel -> {
                                ofLeg.add(wheel);
                                newest.flatMap(glibc -> tooNew(wheel.published(), glibc))
                                        .ifPresent(errors::add);
                            });
                }
            }
            passed.put(leg, ofLeg);
        }
        return new Wheels(plan, passed, errors, warnings);
    }

    /** Returns the error of a wheel that needs more than {@code newest}, according to its measured tags. */
    private static Optional<String> tooNew(WheelName published, Version newest) {
        return published
                .oldestSystem()
                .filter(needed ->
                        needed.system().equals("glibc") && needed.version().compareTo(newest) > 0)
                .map(needed -> "The wheel '" + published + "' needs " + needed
                        + ", but " + Parameter.GLIBC + " is " + newest
                        + ". Only cargo's own outputs can be linked for another glibc than the machine's. So compile"
                        + " the"
                        + " wheel on a system with that glibc or an older one, or raise <glibc>.");
    }

    /** Returns all errors of all platforms, for the gate; nothing may be delivered if there are any. */
    public List<String> errors() {
        return errors;
    }

    /** Returns the warnings for users of the wheels. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the oldest system that runs all wheels of {@code leg}, according to their measured tags. */
    Optional<OldestSystem> oldestSystem(Leg leg) {
        return passed.getOrDefault(leg, List.of()).stream()
                .flatMap(wheel -> wheel.published().oldestSystem().stream())
                .max(Comparator.comparing(OldestSystem::version));
    }

    /**
     * Returns the build backend's name for the wheel, from the leg's report; without one, the wheel fails by its name.
     */
    private static String name(FinishedLeg finished, FinishedLeg.File file) {
        return finished.details()
                .getOrDefault(WheelBuild.detail(file.output()), file.output().fileName());
    }

    /** Writes the wheels of {@code leg} under their published names. */
    List<DeliveredFile> deliver(Leg leg) throws CrossCompileException {
        List<DeliveredFile> files = new ArrayList<>();
        for (Passed each : passed.getOrDefault(leg, List.of())) {
            String name = each.published().toString();
            Path target = plan.directories().output().resolve(name);
            Sha256 digest = RetaggedWheel.write(
                    target,
                    each.file().path(),
                    each.wheel().distInfo(),
                    each.published().tags());
            WheelCheck check =
                    new WheelCheck(Optional.of(leg.platform()), plan.wheels().project(), List.of("*"), false);
            requireNone(check.check(target).errors());
            files.add(DeliveredFile.at(
                    target, plan.packing().wheel(leg, each.file().output()), List.of(name), digest));
        }
        return files;
    }

    private static void requireNone(List<String> errors) throws ActionNeededException {
        if (!errors.isEmpty()) {
            throw new ActionNeededException(String.join(
                            System.lineSeparator(), errors.stream().distinct().toList())
                    + System.lineSeparator() + "Nothing was attached.");
        }
    }
}

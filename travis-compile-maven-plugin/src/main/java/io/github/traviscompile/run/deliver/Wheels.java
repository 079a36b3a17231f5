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

/** The wheels of a run: judged as they arrived, given the tags that they keep, and judged again. */
public final class Wheels {

    /** A wheel that passed, and the name under which it is published. */
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
     * Judges the wheels of all legs of the plan.
     *
     * @param promises of which those about libraries and glibc hold for wheels, too
     */
    public static Wheels judge(Plan plan, Map<Leg, FinishedLeg> finished, Constraints promises)
            throws CrossCompileException {
        Map<Leg, List<Passed>> passed = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Optional<Version> newest = promises.requirements().glibc();
        for (Leg leg : plan.legs()) {
            FinishedLeg delivered = Objects.requireNonNull(finished.get(leg), leg.id());
            WheelCheck check = new WheelCheck(
                    Optional.of(leg.platform()), plan.wheels().project(), promises.allowedLibraries(), true);
            List<Passed> ofLeg = new ArrayList<>();
            for (FinishedLeg.File file : delivered.files()) {
                if (file.output().kind() == OutputKind.WHEEL) {
                    WheelVerdict verdict = check.judge(file.path(), name(delivered, file));
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

    /** What is wrong with a wheel that needs more than {@code newest}: its tags tell, as they were measured. */
    private static Optional<String> tooNew(WheelName published, Version newest) {
        return published
                .oldestSystem()
                .filter(needed ->
                        needed.system().equals("glibc") && needed.version().compareTo(newest) > 0)
                .map(needed -> "The wheel '" + published + "' needs " + needed
                        + ", but " + Parameter.GLIBC + " wants it to run with " + newest
                        + ". Only what cargo makes by itself is linked for another glibc than the machine's, so compile"
                        + " it on a system with that one or an older one, or raise <glibc>.");
    }

    /** All findings of all platforms, for the gate; nothing may be delivered if there are any. */
    public List<String> errors() {
        return errors;
    }

    /** What their users may stumble over. */
    public List<String> warnings() {
        return warnings;
    }

    /** What must be there to run all wheels of {@code leg}: their tags tell, as they were measured. */
    Optional<OldestSystem> oldestSystem(Leg leg) {
        return passed.getOrDefault(leg, List.of()).stream()
                .flatMap(wheel -> wheel.published().oldestSystem().stream())
                .max(Comparator.comparing(OldestSystem::version));
    }

    /** The name that the build backend gave it, as the leg told; what told none is refused for its name. */
    private static String name(FinishedLeg finished, FinishedLeg.File file) {
        return finished.details()
                .getOrDefault(WheelBuild.detail(file.output()), file.output().fileName());
    }

    /** Writes the wheels of {@code leg}, under the names that installers read. */
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
            requireNone(check.judge(target).errors());
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

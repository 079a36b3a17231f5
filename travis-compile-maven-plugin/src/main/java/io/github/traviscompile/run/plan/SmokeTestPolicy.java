package io.github.traviscompile.run.plan;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.SmokeTestCommand;
import java.util.Optional;

/** Whether a leg's outputs can be tried, and what became of that, by the leg's own word. */
public final class SmokeTestPolicy {

    /** The detail of a leg that says it: {@code passed}, or why it was skipped. */
    public static final String DETAIL = "smoke_test";

    private SmokeTestPolicy() {}

    /** Refuses a test that could not fail. */
    static void requirePossible(Leg leg) throws ActionNeededException {
        if (leg.smokeTest().filter(SmokeTestCommand.JAVA.word()::equals).isPresent()
                && leg.outputs().stream().noneMatch(output -> output.kind() == OutputKind.CDYLIB)) {
            throw new ActionNeededException(
                    "The smoke test 'java' loads libraries of crate-type 'cdylib', and there are"
                            + " none among the outputs of " + leg.id()
                            + ". Set " + Parameter.SMOKE_TEST + " to a"
                            + " command, or add \"cdylib\" to 'crate-type' in Cargo.toml.");
        }
        if (leg.smokeTest().filter(SmokeTestCommand.PYTHON.word()::equals).isPresent()
                && leg.wheels().isEmpty()) {
            throw new ActionNeededException("The smoke test 'python' imports a wheel, and no wheel is built. Set"
                    + " " + Parameter.SMOKE_TEST + " to 'java' or to a command, or have wheels built, with"
                    + " " + Parameter.ARTIFACTS + ".");
        }
    }

    /** A sentence for the user where the leg's machine could not try what it had compiled. */
    public static Optional<String> skipped(Leg leg, FinishedLeg finished) {
        String said = finished.details().getOrDefault(DETAIL, "passed");
        return said.equals("passed")
                ? Optional.empty()
                : Optional.of(leg.id() + ": " + Parameter.SMOKE_TEST + " was skipped: " + said + ".");
    }
}

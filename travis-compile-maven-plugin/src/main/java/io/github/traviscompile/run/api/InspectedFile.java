package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.OldestSystem;
import io.github.traviscompile.verify.wheel.WheelVerdict;
import java.util.List;
import java.util.Optional;

/**
 * A file that was looked into.
 *
 * @param platform that it was held to; empty where nobody named one and the file fits none
 * @param facts what it is
 * @param oldestSystem what must be there to run it, such as {@code glibc 2.17}; empty where it does not say
 * @param errors sentences on what keeps it from being delivered
 * @param warnings sentences on what its users may stumble over
 */
public record InspectedFile(
        String name,
        Optional<Platform> platform,
        List<Fact> facts,
        Optional<String> oldestSystem,
        List<String> errors,
        List<String> warnings) {

    public InspectedFile {
        facts = List.copyOf(facts);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    public static InspectedFile of(BinaryVerdict verdict) {
        return new InspectedFile(
                verdict.name(),
                verdict.platform(),
                verdict.facts(),
                verdict.oldestSystem().map(OldestSystem::toString),
                verdict.errors(),
                verdict.warnings());
    }

    /**
     * Reports a wheel.
     *
     * @param platform that it was held to besides its own tags
     */
    public static InspectedFile of(WheelVerdict verdict, Optional<Platform> platform) {
        return new InspectedFile(
                verdict.name(), platform, verdict.facts(), Optional.empty(), verdict.errors(), verdict.warnings());
    }
}

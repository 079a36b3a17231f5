package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.gate.BinaryVerdict;
import io.github.traviscompile.verify.gate.OldestSystem;
import io.github.traviscompile.verify.wheel.WheelVerdict;
import java.util.List;
import java.util.Optional;

/**
 * A file and the findings in it.
 *
 * @param platform the platform of the checks; empty if the user named none and the file fits none
 * @param facts the properties of the file
 * @param oldestSystem the oldest system that runs it, such as {@code glibc 2.17}; empty if the file does not say
 * @param errors sentences on the reasons against its delivery
 * @param warnings sentences on likely problems of its users
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
     * Converts the verdict on a wheel.
     *
     * @param platform the platform of the checks, in addition to the wheel's own tags
     */
    public static InspectedFile of(WheelVerdict verdict, Optional<Platform> platform) {
        return new InspectedFile(
                verdict.name(), platform, verdict.facts(), Optional.empty(), verdict.errors(), verdict.warnings());
    }
}

package io.github.traviscompile.run.api;

import io.github.traviscompile.verify.gate.OldestSystem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings in the files of one platform.
 *
 * @param oldestSystem the oldest system that runs all of them, such as {@code glibc 2.17} or {@code macOS 10.12}; empty
 *     if the files do not say
 */
public record Inspection(Optional<OldestSystem> oldestSystem, List<InspectedFile> files) {

    public Inspection {
        files = List.copyOf(files);
    }

    /** Returns a copy that also covers {@code wheels}, the oldest system of separately checked wheels. */
    public Inspection beside(Optional<OldestSystem> wheels) {
        return new Inspection(
                Stream.concat(oldestSystem.stream(), wheels.stream()).max(Comparator.comparing(OldestSystem::version)),
                files);
    }
}

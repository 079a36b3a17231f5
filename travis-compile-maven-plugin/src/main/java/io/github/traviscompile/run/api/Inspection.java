package io.github.traviscompile.run.api;

import io.github.traviscompile.verify.gate.OldestSystem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the files of one platform are, as measured by looking into them.
 *
 * @param oldestSystem what must be there to run all of them, such as {@code glibc 2.17} or {@code macOS 10.12}; empty
 *     where they do not say
 */
public record Inspection(Optional<OldestSystem> oldestSystem, List<InspectedFile> files) {

    public Inspection {
        files = List.copyOf(files);
    }

    /** The same, where there are {@code wheels} beside the files, which were looked into by themselves. */
    public Inspection beside(Optional<OldestSystem> wheels) {
        return new Inspection(
                Stream.concat(oldestSystem.stream(), wheels.stream()).max(Comparator.comparing(OldestSystem::version)),
                files);
    }
}

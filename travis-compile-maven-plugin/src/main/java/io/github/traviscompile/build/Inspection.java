package io.github.traviscompile.build;

import java.util.List;
import java.util.Optional;

/**
 * What the files of one platform are, as measured by looking into them.
 *
 * @param oldestSystem what must be there to run all of them, such as {@code glibc 2.17} or {@code macOS 10.12}; empty
 *     where they do not say
 */
public record Inspection(Optional<String> oldestSystem, List<InspectedFile> files) {

    public Inspection {
        files = List.copyOf(files);
    }
}

package io.github.traviscompile.run.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a run delivers.
 *
 * @param platforms in the order in which they were named
 * @param together the jar with the files of all of them, where it is wanted
 */
public record Delivered(List<DeliveredPlatform> platforms, Optional<DeliveredFile> together) {

    public Delivered {
        platforms = List.copyOf(platforms);
    }

    /** Everything to attach. */
    public List<DeliveredFile> files() {
        return Stream.concat(
                        platforms.stream()
                                .flatMap(platform ->
                                        Stream.concat(platform.files().stream(), platform.papers().stream())),
                        together.stream())
                .toList();
    }
}

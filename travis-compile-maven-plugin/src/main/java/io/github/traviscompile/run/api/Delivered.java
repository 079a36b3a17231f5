package io.github.traviscompile.run.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a run delivers.
 *
 * @param platforms in the order of the request
 * @param together the jar with the files of all platforms, if requested
 */
public record Delivered(List<DeliveredPlatform> platforms, Optional<DeliveredFile> together) {

    public Delivered {
        platforms = List.copyOf(platforms);
    }

    /** Returns all files to attach. */
    public List<DeliveredFile> files() {
        return Stream.concat(
                        platforms.stream()
                                .flatMap(platform ->
                                        Stream.concat(platform.files().stream(), platform.papers().stream())),
                        together.stream())
                .toList();
    }
}

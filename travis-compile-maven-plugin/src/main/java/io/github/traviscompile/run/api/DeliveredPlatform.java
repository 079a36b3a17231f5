package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Platform;
import java.time.Duration;
import java.util.List;

/**
 * What a run made of one platform.
 *
 * @param files with what was compiled: one archive, or each output by itself
 * @param papers tell of the files: where they came from, what is in them
 * @param compileTime how long cargo took when the leg was compiled, also where it is reused
 * @param reused whether the leg came from the store
 * @param inspection what the files are, as they were measured
 */
public record DeliveredPlatform(
        Platform platform,
        List<DeliveredFile> files,
        List<DeliveredFile> papers,
        Duration compileTime,
        boolean reused,
        Inspection inspection) {

    public DeliveredPlatform {
        files = List.copyOf(files);
        papers = List.copyOf(papers);
    }
}

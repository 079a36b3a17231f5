package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Platform;
import java.time.Duration;
import java.util.List;

/**
 * The result of a run for one platform.
 *
 * @param files one archive with all outputs, or each output by itself
 * @param papers the provenance of the files and their bill of materials
 * @param compileTime the time that cargo took, of a reused leg in its earlier run
 * @param reused whether the leg came from the store
 * @param inspection the findings in the files
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

package io.github.traviscompile.build;

import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One platform's archive, ready to be attached.
 *
 * @param files the names of the outputs in the archive
 * @param size of the archive, in bytes
 * @param compileTime how long cargo took when the leg was compiled, also where it is reused
 * @param reused whether the leg came from the store
 * @param inspection what the files are, as they were measured
 */
public record DeliveredPlatform(
        Platform platform,
        Path archive,
        List<String> files,
        long size,
        Sha256 sha256,
        Duration compileTime,
        boolean reused,
        Inspection inspection) {

    public DeliveredPlatform {
        files = List.copyOf(files);
    }
}

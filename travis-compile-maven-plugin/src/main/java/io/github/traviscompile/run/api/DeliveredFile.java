package io.github.traviscompile.run.api;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file that is ready for attachment.
 *
 * @param holds the names of the outputs in it; empty for a file that describes others
 * @param size in bytes
 */
public record DeliveredFile(ArtifactName name, Path path, List<String> holds, long size, Sha256 sha256) {

    public DeliveredFile {
        holds = List.copyOf(holds);
    }

    /** Describes the existing file at {@code path}. */
    public static DeliveredFile at(Path path, ArtifactName name, List<String> holds, Sha256 sha256)
            throws WorkFailedException {
        try {
            return new DeliveredFile(name, path, holds, Files.size(path), sha256);
        } catch (IOException e) {
            throw WorkFailedException.of("The file '" + path + "' cannot be read", e, "Run the goal again.");
        }
    }

    /** Returns {@link #size()} in a unit for readers. */
    public String sizeInWords() {
        if (size < 1024) {
            return size + " B";
        }
        double kibibytes = size / 1024.0;
        return kibibytes < 1024
                ? String.format(Locale.ROOT, "%.1f KiB", kibibytes)
                : String.format(Locale.ROOT, "%.1f MiB", kibibytes / 1024);
    }
}

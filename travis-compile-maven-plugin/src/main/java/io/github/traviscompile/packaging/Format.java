package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.Suggestion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form in which a platform's files are delivered; the values of the parameter {@code format}. */
public enum Format {
    /** One archive with all files and the licences. */
    TAR_GZ("tar.gz", TarGz::write),
    /** The same as a zip. */
    ZIP("zip", Zip::write),
    /** The same as a jar, see {@link NativeJar}. */
    JAR("jar"),
    /** Each file by itself, see {@link RawArtifact}, without licences. */
    RAW("raw");

    /** Writes an archive, whole or not at all. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes {@code target}; the same files make the same bytes.
         *
         * @param time of every file in it
         * @return the digest of what was written
         */
        Sha256 write(Path target, List<ArchiveFile> files, Instant time) throws CrossCompileException;
    }

    private final String id;
    private final @Nullable Writer writer;

    Format(String id) {
        this(id, null);
    }

    Format(String id, @Nullable Writer writer) {
        this.id = id;
        this.writer = writer;
    }

    /** Returns the writer of an archive with files and licences; jars and raw files have classes of their own. */
    public Optional<Writer> writer() {
        return Optional.ofNullable(writer);
    }

    /** Returns the parameter's value; for the single-file formats it is also the artifact type and extension. */
    public String id() {
        return id;
    }

    /** Parses the parameter's value. */
    public static Format parse(String text) throws ActionNeededException {
        return Arrays.stream(values())
                .filter(format -> format.id.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ActionNeededException("The value '" + text
                        + "' of " + Parameter.FORMAT + " is not a format. "
                        + Suggestion.of(
                                text, Arrays.stream(values()).map(Format::id).toList())));
    }

    @Override
    public String toString() {
        return id;
    }
}

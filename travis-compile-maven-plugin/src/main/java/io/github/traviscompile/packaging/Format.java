package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Suggestion;
import java.util.Arrays;

/** The form in which a platform's files are delivered; the values of the parameter {@code format}. */
public enum Format {
    /** One archive with all files and the licences. */
    TAR_GZ("tar.gz"),
    /** The same as a zip. */
    ZIP("zip"),
    /** The same as a jar, see {@link NativeJar}. */
    JAR("jar"),
    /** Each file by itself, see {@link RawArtifact}, without licences. */
    RAW("raw");

    private final String id;

    Format(String id) {
        this.id = id;
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

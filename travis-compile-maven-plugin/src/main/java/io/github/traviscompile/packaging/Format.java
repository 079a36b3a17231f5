package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Suggestion;
import java.util.Arrays;

/** In which form the files of a platform are delivered, as the parameter {@code format} says it. */
public enum Format {
    /** One archive with all of them and the licences. */
    TAR_GZ("tar.gz"),
    /** The same as a zip. */
    ZIP("zip"),
    /** The same as a jar, see {@link NativeJar}. */
    JAR("jar"),
    /** Each by itself, see {@link RawArtifact}, without licences. */
    RAW("raw");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /** What the parameter says; of a form that is one file, also its type and extension. */
    public String id() {
        return word;
    }

    /** Reads the parameter. */
    public static Format parse(String text) throws ActionNeededException {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ActionNeededException("The value '" + text
                        + "' of " + Parameter.FORMAT + " is none that files are delivered in. "
                        + Suggestion.of(
                                text, Arrays.stream(values()).map(Format::id).toList())));
    }

    @Override
    public String toString() {
        return word;
    }
}

package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Suggestion;
import java.util.Arrays;

/** A kind of artifact that a run delivers: a word of the parameter {@code artifacts}. */
public enum ArtifactKind {
    /** The files that cargo makes. */
    CARGO("cargo"),
    /** Python wheels. */
    WHEEL("wheel");

    private final String id;

    ArtifactKind(String id) {
        this.id = id;
    }

    /** Returns the parameter's word. */
    public String id() {
        return id;
    }

    /** Reads one word of the parameter. */
    static ArtifactKind parse(String text) throws ActionNeededException {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ActionNeededException("There are no artifacts '" + text + "', as "
                        + Parameter.ARTIFACTS + " says. "
                        + Suggestion.of(
                                text,
                                Arrays.stream(values()).map(ArtifactKind::id).toList())));
    }
}

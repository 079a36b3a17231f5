package io.github.traviscompile.model;

import java.util.Arrays;

/** The ways of hosted legs' files to this machine, as in the parameter {@code delivery}. */
public enum TransportKind {
    /** Each leg authenticates itself and uploads to the endpoint of this machine. */
    TUNNEL("tunnel"),
    /** GitHub keeps the legs' outputs as artifacts of their run. */
    ARTIFACTS("artifacts");

    private final String id;

    TransportKind(String id) {
        this.id = id;
    }

    /** Returns the word of the parameter. */
    public String id() {
        return id;
    }

    /** Parses the parameter. */
    public static TransportKind parse(String text) throws ActionNeededException {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ActionNeededException("There is no delivery '" + text + "', as "
                        + Parameter.DELIVERY + " says. "
                        + Suggestion.of(
                                text,
                                Arrays.stream(values()).map(TransportKind::id).toList())));
    }

    @Override
    public String toString() {
        return id;
    }
}

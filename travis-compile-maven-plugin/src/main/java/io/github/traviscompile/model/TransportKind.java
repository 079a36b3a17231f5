package io.github.traviscompile.model;

import java.util.Arrays;

/** How the files of hosted legs come to this machine, as the parameter {@code delivery} says it. */
public enum TransportKind {
    /** Legs upload to the endpoint of this machine, at which each proves who it is. */
    TUNNEL("tunnel"),
    /** GitHub keeps what legs compiled, as artifacts of their run. */
    ARTIFACTS("artifacts");

    private final String id;

    TransportKind(String id) {
        this.id = id;
    }

    /** What the parameter says. */
    public String id() {
        return id;
    }

    /** Reads the parameter. */
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

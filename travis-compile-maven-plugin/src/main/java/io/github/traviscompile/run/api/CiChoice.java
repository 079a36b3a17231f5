package io.github.traviscompile.run.api;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The choice of the services that compile: the parameter {@code ci}. */
public sealed interface CiChoice {

    /** For each platform, the first hosted service with a machine for it and an account of the user. */
    record Auto() implements CiChoice {}

    /** The machine that runs Maven. */
    record Here() implements CiChoice {}

    /** One hosted service for all platforms. */
    record Hosted(Service service) implements CiChoice {

        public Hosted {
            if (service.isLocal()) {
                throw new IllegalArgumentException("This machine is no hosted service.");
            }
        }
    }

    /** The word of {@link Auto}. */
    String AUTO = "auto";

    /** Returns the one service that compiles; empty for {@link Auto}. */
    default Optional<Service> place() {
        if (this instanceof Hosted hosted) {
            return Optional.of(hosted.service());
        }
        return this instanceof Here ? Optional.of(Service.LOCAL) : Optional.empty();
    }

    /**
     * Reads the parameter.
     *
     * @throws ActionNeededException if no service has this id
     */
    static CiChoice parse(String text) throws ActionNeededException {
        String word = text.strip();
        if (word.equals(AUTO)) {
            return new Auto();
        }
        Optional<Service> named = CiProviders.ofId(word);
        if (named.isEmpty()) {
            List<String> known = Stream.concat(
                            Stream.of(AUTO), CiProviders.places().stream().map(Service::id))
                    .toList();
            throw new ActionNeededException(
                    "There is no service '" + text + "', as " + Parameter.CI + " says. " + Suggestion.of(word, known));
        }
        return named.get().isLocal() ? new Here() : new Hosted(named.get());
    }
}

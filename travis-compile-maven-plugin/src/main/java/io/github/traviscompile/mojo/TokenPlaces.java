package io.github.traviscompile.mojo;

import io.github.traviscompile.model.Parameter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The places of the user's tokens, from the parameters.
 *
 * @param serverIds the id of each {@code <server>} in settings.xml, by the parameter that names it
 * @param githubTokenFile the file with the token for GitHub, read last
 */
record TokenPlaces(Map<Parameter, String> serverIds, Optional<Path> githubTokenFile) {

    TokenPlaces {
        serverIds = Map.copyOf(serverIds);
    }

    String serverId(Parameter parameter) {
        return Optional.ofNullable(serverIds.get(parameter))
                .orElseThrow(() -> new IllegalArgumentException(parameter + " names no server."));
    }
}

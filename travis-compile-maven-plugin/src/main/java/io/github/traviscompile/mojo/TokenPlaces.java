package io.github.traviscompile.mojo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the user's tokens are, as the parameters of the same names say it.
 *
 * @param githubServerId of a {@code <server>} in settings.xml, like those after it
 * @param githubTokenFile looked at last
 */
record TokenPlaces(
        String githubServerId,
        String travisServerId,
        String appveyorServerId,
        String ngrokServerId,
        String sshServerId,
        Optional<Path> githubTokenFile) {}

package io.github.traviscompile.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to log in to the ssh server, as a {@code <server>} of settings.xml has it.
 *
 * @param privateKey the one key to use; empty takes the usual ones of {@code ~/.ssh}
 * @param passphrase opens the keys
 * @param password of the account on the server
 */
public record SshCredentials(Optional<Path> privateKey, Optional<Secret> passphrase, Optional<Secret> password) {

    /** The keys of {@code ~/.ssh} and nothing else. */
    public static final SshCredentials DEFAULT =
            new SshCredentials(Optional.empty(), Optional.empty(), Optional.empty());
}

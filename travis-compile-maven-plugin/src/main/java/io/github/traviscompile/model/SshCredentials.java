package io.github.traviscompile.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The credentials for the ssh server, from a {@code <server>} of settings.xml.
 *
 * @param privateKey the only key to use; empty takes the usual ones of {@code ~/.ssh}
 * @param passphrase decrypts the keys
 * @param password of the account on the server
 */
public record SshCredentials(Optional<Path> privateKey, Optional<Secret> passphrase, Optional<Secret> password) {

    /** Only the keys of {@code ~/.ssh}. */
    public static final SshCredentials DEFAULT =
            new SshCredentials(Optional.empty(), Optional.empty(), Optional.empty());
}

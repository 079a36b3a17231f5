package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.SshCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The identities offered to the ssh server.
 *
 * @param described a description of each identity
 * @param unusable each key of {@code ~/.ssh} that could not be opened, with the reason
 */
record SshIdentities(List<KeyPair> keys, Optional<Secret> password, List<String> described, List<String> unusable) {

    /** The default key names of ssh(1), the strongest first. */
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /**
     * Opens the keys.
     *
     * @throws ActionNeededException if there is no identity, or the named key cannot be opened
     */
    static SshIdentities of(SshCredentials credentials, Path sshDirectory) throws ActionNeededException {
        List<KeyPair> keys = new ArrayList<>();
        List<String> described = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        if (credentials.privateKey().isPresent()) {
            Path file = credentials.privateKey().get();
            try {
                keys.addAll(open(file, credentials.passphrase()));
                described.add("the key '" + file + "'");
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                throw new ActionNeededException(
                        "The ssh key '" + file + "' cannot be opened: " + e + ". Name a key by"
                                + " <privateKey>, and where it has one its <passphrase>, in the <server> that "
                                + Parameter.SSH_SERVER_ID + " names.",
                        e);
            }
        } else {
            for (Path file : USUAL.stream()
                    .map(sshDirectory::resolve)
                    .filter(Files::exists)
                    .toList()) {
                try {
                    keys.addAll(open(file, credentials.passphrase()));
                    described.add("the key '" + file + "'");
                } catch (IOException | GeneralSecurityException | RuntimeException e) {
                    unusable.add("'" + file + "' cannot be opened: " + e);
                }
            }
        }
        credentials.password().ifPresent(password -> described.add("the password"));
        if (described.isEmpty()) {
            throw new ActionNeededException("There is nothing to log in to the ssh server with"
                    + (unusable.isEmpty() ? "" : ": " + String.join("; ", unusable))
                    + ". Put a key without a pass phrase"
                    + " into '" + sshDirectory + "', or " + remedy());
        }
        return new SshIdentities(List.copyOf(keys), credentials.password(), described, unusable);
    }

    /** Returns the end of a message on how to log in. */
    static String remedy() {
        return "give <privateKey> and <passphrase>, or <password>, in a <server> of settings.xml that "
                + Parameter.SSH_SERVER_ID + " names; an ssh agent is not asked.";
    }

    private static List<KeyPair> open(Path file, Optional<Secret> passphrase)
            throws IOException, GeneralSecurityException {
        FilePasswordProvider password =
                passphrase.map(Secret::reveal).map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY);
        try (InputStream in = Files.newInputStream(file)) {
            List<KeyPair> pairs = new ArrayList<>();
            Iterable<KeyPair> read = SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, password);
            if (read != null) {
                read.forEach(pairs::add);
            }
            if (pairs.isEmpty()) {
                throw new IOException("it holds no private key of a known form");
            }
            return pairs;
        }
    }
}

package io.github.traviscompile.git;

import io.github.traviscompile.model.CrossCompileException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.HttpConfig;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A connection between a local repository and a remote: one token for one host, no redirects, bounded waits. The remote
 * has no name, so that no configuration ever contains its URL.
 *
 * @param repository the target of fetches; its configuration is changed in memory only
 */
record GitConnection(Repository repository, GitRemote remote, Duration timeout) {

    /** GitHub's user name for any kind of token as a password. */
    private static final String ANY_USER = "x-access-token";

    private static final String AGENT = "travis-compile-maven-plugin";

    GitConnection {
        StoredConfig config = repository.getConfig();
        config.setString(HttpConfig.HTTP, null, HttpConfig.FOLLOW_REDIRECTS_KEY, "false");
        config.setString(HttpConfig.HTTP, null, HttpConfig.USER_AGENT, AGENT);
    }

    /** An action with an open transport. */
    interface Exchange<T> {
        T with(Transport transport) throws IOException, CrossCompileException;
    }

    /**
     * Runs the exchange and converts its errors into messages.
     *
     * @param what the failed action for the message, without a full stop
     */
    <T> T exchange(String what, Exchange<T> exchange) throws CrossCompileException {
        try (Transport transport =
                Transport.open(repository, new URIish(remote.url().toString()))) {
            transport.setTimeout(Math.toIntExact(timeout.toSeconds()));
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setCredentialsProvider(new TokenForOneHost(remote));
            return exchange.with(transport);
        } catch (IOException e) {
            throw GitErrors.of(what, remote, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("JGit does not understand an HTTP URL.", e);
        }
    }

    private static final class TokenForOneHost extends CredentialsProvider {

        private final GitRemote remote;
        private boolean refused;

        TokenForOneHost(GitRemote remote) {
            this.remote = remote;
        }

        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public boolean supports(CredentialItem... items) {
            return Arrays.stream(items)
                    .allMatch(
                            item -> item instanceof CredentialItem.Username || item instanceof CredentialItem.Password);
        }

        @Override
        public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
            if (refused || !remote.url().getHost().equals(uri.getHost()) || !supports(items)) {
                return false;
            }
            for (CredentialItem item : items) {
                if (item instanceof CredentialItem.Username user) {
                    user.setValue(ANY_USER);
                } else if (item instanceof CredentialItem.Password password) {
                    password.setValue(remote.token().reveal().toCharArray());
                }
            }
            return true;
        }

        /** Called when the remote rejected the credentials; sending them again would be rejected again. */
        @Override
        public void reset(@Nullable URIish uri) {
            refused = true;
        }
    }
}

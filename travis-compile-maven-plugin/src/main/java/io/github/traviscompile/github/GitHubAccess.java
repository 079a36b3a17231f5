package io.github.traviscompile.github;

import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where GitHub is and who asks.
 *
 * @param api such as {@code https://api.github.com}, of an Enterprise server {@code https://host/api/v3}
 * @param web such as {@code https://github.com}
 */
public record GitHubAccess(URI api, URI web, Secret token) {

    public GitHubAccess {
        for (URI url : new URI[] {api, web}) {
            if (url.getHost() == null
                    || !isSafe(url)
                    || url.getRawUserInfo() != null
                    || url.getRawQuery() != null
                    || url.getPath().endsWith("/")) {
                throw new IllegalArgumentException(
                        "Not an https URL without user, query and slash at its end: '" + url + "'.");
            }
        }
    }

    /** Whether nobody on the way can read or change what is asked there. */
    public static boolean isSafe(URI url) {
        boolean loopback =
                url.getHost() != null && url.getHost().toLowerCase(Locale.ROOT).matches("127\\.[0-9.]+|localhost");
        return "https".equalsIgnoreCase(url.getScheme()) || ("http".equalsIgnoreCase(url.getScheme()) && loopback);
    }

    /** An address that may be asked for, if {@code text} is one. */
    static Optional<URI> safe(String text) {
        try {
            return Optional.of(URI.create(text)).filter(url -> url.getHost() != null && isSafe(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address for git of a repository. */
    public URI git(RepositoryName repository) {
        return URI.create(web + "/" + repository + ".git");
    }
}

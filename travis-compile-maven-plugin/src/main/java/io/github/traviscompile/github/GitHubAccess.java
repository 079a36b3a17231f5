package io.github.traviscompile.github;

import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The addresses of one GitHub and the user's token.
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

    /** Whether requests to {@code url} are encrypted or stay on this machine. */
    public static boolean isSafe(URI url) {
        boolean loopback =
                url.getHost() != null && url.getHost().toLowerCase(Locale.ROOT).matches("127\\.[0-9.]+|localhost");
        return "https".equalsIgnoreCase(url.getScheme()) || ("http".equalsIgnoreCase(url.getScheme()) && loopback);
    }

    /** Parses {@code text}; empty unless it is an address that {@link #isSafe} accepts. */
    static Optional<URI> safe(String text) {
        try {
            return Optional.of(URI.create(text)).filter(url -> url.getHost() != null && isSafe(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the address of {@code repository} for git. */
    public URI git(RepositoryName repository) {
        return URI.create(web + "/" + repository + ".git");
    }
}

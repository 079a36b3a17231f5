package io.github.traviscompile.github;

import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import java.net.URI;

/**
 * Where GitHub is and who asks.
 *
 * @param api such as {@code https://api.github.com}, of an Enterprise server {@code https://host/api/v3}
 * @param web such as {@code https://github.com}
 */
public record GitHubAccess(URI api, URI web, Secret token) {

    public GitHubAccess {
        for (URI url : new URI[] {api, web}) {
            boolean loopback = url.getHost() != null && url.getHost().matches("127\\.[0-9.]+");
            if (url.getHost() == null
                    || !("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback))
                    || url.getRawUserInfo() != null
                    || url.getRawQuery() != null
                    || url.getPath().endsWith("/")) {
                throw new IllegalArgumentException(
                        "Not an https URL without user, query and slash at its end: '" + url + "'.");
            }
        }
    }

    /** The address for git of a repository. */
    public URI git(RepositoryName repository) {
        return URI.create(web + "/" + repository + ".git");
    }
}

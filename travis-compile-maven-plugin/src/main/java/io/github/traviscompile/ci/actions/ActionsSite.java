package io.github.traviscompile.ci.actions;

import io.github.traviscompile.github.GitHubAccess;
import io.github.traviscompile.model.RepositoryName;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The addresses of one GitHub: the hosted service, or an Enterprise installation.
 *
 * @param api the base of the REST API, such as {@code https://api.github.com} or {@code
 *     https://ghe.example.org/api/v3}
 * @param web the pages of repositories, such as {@code https://github.com}
 * @param issuer of the jobs' identity tokens, exactly as these name it; the only source of their keys
 */
public record ActionsSite(URI api, URI web, URI issuer) {

    /** GitHub's own service (docs.github.com, "OpenID Connect reference"). */
    public static final ActionsSite HOSTED = new ActionsSite(
            URI.create("https://api.github.com"),
            URI.create("https://github.com"),
            URI.create("https://token.actions.githubusercontent.com"));

    public ActionsSite {
        api = checked(api);
        web = checked(web);
        issuer = checked(issuer);
    }

    /**
     * Derives the issuer from the addresses, unless it is given: an enterprise may have one of its own.
     *
     * @param issuer if empty, it is the hosted service's, an enterprise's at GHE.com, or the one below the pages' host of
     *     a GitHub Enterprise Server. Source: docs.github.com, "OpenID Connect reference".
     */
    public static ActionsSite of(URI api, URI web, Optional<URI> issuer) {
        ActionsSite given = new ActionsSite(api, web, web);
        return new ActionsSite(api, web, issuer.orElseGet(given::knownIssuer));
    }

    private URI knownIssuer() {
        if (api.equals(HOSTED.api)) {
            return HOSTED.issuer;
        }
        String host = web.getHost().toLowerCase(Locale.ROOT);
        return URI.create(host.endsWith(".ghe.com") ? "https://token.actions." + host : web + "/_services/token");
    }

    private static URI checked(URI uri) {
        // A token never leaves the machine unencrypted.
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || !GitHubAccess.isSafe(uri)) {
            throw new IllegalArgumentException("Not an https URL of a GitHub: '" + uri + "'.");
        }
        return URI.create(uri.toString().replaceFirst("/+$", ""));
    }

    URI actionsPage(RepositoryName repository) {
        return URI.create(web + "/" + repository + "/actions");
    }

    URI settingsPage(RepositoryName repository) {
        return URI.create(web + "/" + repository + "/settings/actions");
    }

    URI runPage(RepositoryName repository, long run) {
        return URI.create(actionsPage(repository) + "/runs/" + run);
    }

    URI jobPage(RepositoryName repository, long run, long job) {
        return URI.create(runPage(repository, run) + "/job/" + job);
    }
}

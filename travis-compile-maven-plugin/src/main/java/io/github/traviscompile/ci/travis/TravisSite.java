package io.github.traviscompile.ci.travis;

import io.github.traviscompile.model.RepositoryName;
import java.net.URI;
import java.util.Locale;

/**
 * The addresses of one Travis CI: the hosted service, or the user's own installation.
 *
 * @param api the base of API v3, such as {@code https://api.travis-ci.com} or {@code
 *     https://travis.example.org/api}
 */
record TravisSite(URI api) {

    TravisSite {
        String host = api.getHost();
        boolean loopback =
                "http".equalsIgnoreCase(api.getScheme()) && ("127.0.0.1".equals(host) || "localhost".equals(host));
        boolean encrypted = "https".equalsIgnoreCase(api.getScheme());
        // A token never leaves the machine unencrypted.
        if (host == null || api.getRawUserInfo() != null || api.getRawQuery() != null || !(encrypted || loopback)) {
            throw new IllegalArgumentException("Not the https URL of a Travis CI API: '" + api + "'.");
        }
        api = URI.create(api.toString().replaceFirst("/+$", ""));
    }

    /** Whether this is the service of Travis CI itself. */
    boolean isHosted() {
        String host = api.getHost().toLowerCase(Locale.ROOT);
        return host.equals("travis-ci.com") || host.endsWith(".travis-ci.com");
    }

    /** Returns the page with an account's token. */
    URI tokenPage() {
        return page(isHosted() ? "/account/preferences" : "/profile");
    }

    URI repositoryPage(RepositoryName repository) {
        return page(prefix() + repository);
    }

    URI settingsPage(RepositoryName repository) {
        return page(prefix() + repository + "/settings");
    }

    URI requestsPage(RepositoryName repository) {
        return page(prefix() + repository + "/requests");
    }

    URI buildPage(RepositoryName repository, long build) {
        return page(prefix() + repository + "/builds/" + build);
    }

    URI jobPage(RepositoryName repository, long job) {
        return page(prefix() + repository + "/jobs/" + job);
    }

    private String prefix() {
        return isHosted() ? "/github/" : "/";
    }

    private URI page(String path) {
        String base = isHosted() ? "https://app.travis-ci.com" : api.toString().replaceFirst("/api$", "");
        return URI.create(base + path);
    }
}

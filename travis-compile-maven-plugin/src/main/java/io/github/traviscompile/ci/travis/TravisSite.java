package io.github.traviscompile.ci.travis;

import java.net.URI;
import java.util.Locale;

/**
 * One Travis CI: the hosted service, or an installation of the user's own.
 *
 * @param api the base of API v3, such as {@code https://api.travis-ci.com} or {@code https://travis.example.org/api}
 */
record TravisSite(URI api) {

    TravisSite {
        String host = api.getHost();
        boolean loopback =
                "http".equalsIgnoreCase(api.getScheme()) && ("127.0.0.1".equals(host) || "localhost".equals(host));
        boolean encrypted = "https".equalsIgnoreCase(api.getScheme());
        // A token never leaves the machine in the clear.
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

    /** Where an account shows its token. */
    URI tokenPage() {
        return page(isHosted() ? "/account/preferences" : "/profile");
    }

    URI repositoryPage(String slug) {
        return page(prefix() + slug);
    }

    URI settingsPage(String slug) {
        return page(prefix() + slug + "/settings");
    }

    URI requestsPage(String slug) {
        return page(prefix() + slug + "/requests");
    }

    URI buildPage(String slug, long build) {
        return page(prefix() + slug + "/builds/" + build);
    }

    URI jobPage(String slug, long job) {
        return page(prefix() + slug + "/jobs/" + job);
    }

    private String prefix() {
        return isHosted() ? "/github/" : "/";
    }

    private URI page(String path) {
        String base = isHosted() ? "https://app.travis-ci.com" : api.toString().replaceFirst("/api$", "");
        return URI.create(base + path);
    }
}

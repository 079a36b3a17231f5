package io.github.traviscompile.ci.appveyor;

import java.net.URI;
import java.util.Locale;

/**
 * The addresses of one AppVeyor: the hosted service, or the user's own installation.
 *
 * @param api the base of the API, such as {@code https://ci.appveyor.com/api}
 */
record AppVeyorSite(URI api) {

    AppVeyorSite {
        String host = api.getHost();
        boolean loopback =
                "http".equalsIgnoreCase(api.getScheme()) && ("127.0.0.1".equals(host) || "localhost".equals(host));
        boolean encrypted = "https".equalsIgnoreCase(api.getScheme());
        // A token never leaves the machine unencrypted.
        if (host == null || api.getRawUserInfo() != null || api.getRawQuery() != null || !(encrypted || loopback)) {
            throw new IllegalArgumentException("Not the https URL of an AppVeyor API: '" + api + "'.");
        }
        api = URI.create(api.toString().replaceFirst("/+$", ""));
        if (!api.getPath().endsWith("/api")) {
            throw new IllegalArgumentException(
                    "Not the URL of an AppVeyor API, which ends with '/api': '" + api + "'.");
        }
    }

    /** Whether this is the service of AppVeyor itself. */
    boolean isHosted() {
        return api.getHost().toLowerCase(Locale.ROOT).equals("ci.appveyor.com");
    }

    /** Returns the service's page on its own failures. */
    URI statusPage() {
        return isHosted() ? URI.create("https://status.appveyor.com") : page("");
    }

    /** Returns the page with an account's tokens. */
    URI tokenPage() {
        return page("/api-keys");
    }

    URI projectsPage() {
        return page("/projects");
    }

    URI newProjectPage() {
        return page("/projects/new");
    }

    URI projectPage(AppVeyorProjectData project) {
        return page("/project/" + project.path());
    }

    URI settingsPage(AppVeyorProjectData project) {
        return page("/project/" + project.path() + "/settings");
    }

    URI buildPage(AppVeyorProjectData project, long build) {
        return page("/project/" + project.path() + "/builds/" + build);
    }

    URI jobPage(AppVeyorProjectData project, long build, String job) {
        return page("/project/" + project.path() + "/builds/" + build + "/job/" + job);
    }

    private URI page(String path) {
        return URI.create(api.toString().replaceFirst("/api$", "") + path);
    }
}

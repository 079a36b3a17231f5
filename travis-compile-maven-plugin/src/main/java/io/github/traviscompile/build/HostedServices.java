package io.github.traviscompile.build;

import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.travis.TravisCi;
import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisPatience;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Service;
import java.net.URI;
import java.time.InstantSource;

/**
 * The hosted services that may compile legs, each with the user's token, which is looked for only when the service is used.
 *
 * @param urls where they are
 * @param slug the repository that carries the builds, {@code owner/name}
 * @param pullRequest whether a pull request is opened for the branch, or was
 */
record HostedServices(
        CrossCompileRequest.Services urls,
        String slug,
        boolean pullRequest,
        Credentials credentials,
        TravisPatience patience,
        InstantSource clock) {

    /** The parameter that says where a service is, both ways. */
    static String urlParameter(Service service) {
        String name = switch (service) {
            case TRAVIS -> "travisApiUrl";
            case GITHUB_ACTIONS -> "githubApiUrl";
            case APPVEYOR -> "appveyorApiUrl";
            case LOCAL -> throw new IllegalArgumentException("This machine has no API.");
        };
        return "<" + name + "> (-Dtravis-compile." + name + ")";
    }

    /** Where a service's API is. */
    URI api(Service service) {
        return switch (service) {
            case TRAVIS -> urls.travisApi();
            case GITHUB_ACTIONS -> urls.githubApi();
            case APPVEYOR, LOCAL -> throw new IllegalArgumentException("No API is known of " + service + ".");
        };
    }

    CiService of(Service service) throws CrossCompileException {
        return switch (service) {
            case TRAVIS ->
                new TravisCi(
                        new TravisService(urls.travisApi(), credentials.travis(), patience, clock),
                        slug,
                        pullRequest ? TravisEvent.PULL_REQUEST : TravisEvent.PUSH);
            case GITHUB_ACTIONS, APPVEYOR, LOCAL ->
                throw new IllegalArgumentException("No legs are compiled there: " + service + ".");
        };
    }
}

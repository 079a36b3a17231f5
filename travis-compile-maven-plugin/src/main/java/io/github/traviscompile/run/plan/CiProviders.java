package io.github.traviscompile.run.plan;

import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.actions.ActionsCi;
import io.github.traviscompile.ci.actions.ActionsSite;
import io.github.traviscompile.ci.appveyor.AppVeyorCi;
import io.github.traviscompile.ci.travis.TravisCi;
import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.upload.HandshakeKey;
import java.net.URI;
import java.util.Optional;

/**
 * The hosted services that may compile legs, each with the user's token, which is looked for only when the service is used.
 *
 * @param urls where they are
 * @param repository carries the builds, {@code owner/name}
 * @param pullRequest whether a pull request is opened for the branch, or was
 * @param helloKey to which legs wrap their keys that make them themselves; empty where none is to be let in
 */
public record CiProviders(
        CrossCompileRequest.Services urls,
        RepositoryName repository,
        boolean pullRequest,
        Optional<HandshakeKey> helloKey,
        Credentials credentials,
        HttpSettings http) {

    /**
     * Why a service cannot compile for {@code platform}; asks nobody.
     *
     * @return the rest of a sentence that begins with the service
     */
    public static Optional<String> unsupportedReason(
            Service service, Platform platform, CrossCompileRequest.Hosting hosting) throws CrossCompileException {
        return switch (service) {
            case TRAVIS ->
                TravisCi.unsupportedReason(platform, hosting.services().travisApi());
            case GITHUB_ACTIONS -> ActionsCi.unsupportedReason(platform, hosting.now());
            case APPVEYOR -> AppVeyorCi.unsupportedReason(platform);
            case LOCAL ->
                platform.services().contains(service) ? Optional.empty() : Optional.of("has no compiler for it");
        };
    }

    /** The parameter that says where a service is, both ways. */
    public static Parameter urlParameter(Service service) {
        return switch (service) {
            case TRAVIS -> Parameter.TRAVIS_API_URL;
            case GITHUB_ACTIONS -> Parameter.GITHUB_API_URL;
            case APPVEYOR -> Parameter.APPVEYOR_API_URL;
            case LOCAL -> throw new IllegalArgumentException("This machine has no API.");
        };
    }

    /** Where a service's API is. */
    public URI api(Service service) {
        return switch (service) {
            case TRAVIS -> urls.travisApi();
            case GITHUB_ACTIONS -> urls.githubApi();
            case APPVEYOR -> urls.appveyorApi();
            case LOCAL -> throw new IllegalArgumentException("This machine has no API.");
        };
    }

    public CiService of(Service service) throws CrossCompileException {
        return switch (service) {
            case TRAVIS ->
                new TravisCi(
                        new TravisService(urls.travisApi(), credentials.travis(), http),
                        repository,
                        pullRequest ? TravisEvent.PULL_REQUEST : TravisEvent.PUSH);
            case GITHUB_ACTIONS ->
                new ActionsCi(
                        ActionsSite.of(urls.githubApi(), urls.githubWeb(), urls.oidcIssuer()),
                        repository,
                        credentials.github(),
                        helloKey.map(HandshakeKey::publicKey),
                        http);
            case APPVEYOR ->
                new AppVeyorCi(urls.appveyorApi(), repository, urls.appveyorAccount(), credentials.appveyor(), http);
            case LOCAL -> throw new IllegalArgumentException("This machine is no hosted service.");
        };
    }
}

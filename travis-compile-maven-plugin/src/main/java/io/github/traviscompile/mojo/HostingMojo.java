package io.github.traviscompile.mojo;

import static io.github.traviscompile.model.Parameter.APPVEYOR_ACCOUNT;
import static io.github.traviscompile.model.Parameter.APPVEYOR_API_URL;
import static io.github.traviscompile.model.Parameter.APPVEYOR_SERVER_ID;
import static io.github.traviscompile.model.Parameter.GITHUB_API_URL;
import static io.github.traviscompile.model.Parameter.GITHUB_SERVER_ID;
import static io.github.traviscompile.model.Parameter.NGROK_SERVER_ID;
import static io.github.traviscompile.model.Parameter.OIDC_ISSUER;
import static io.github.traviscompile.model.Parameter.SSH_SERVER_ID;
import static io.github.traviscompile.model.Parameter.TRAVIS_API_URL;
import static io.github.traviscompile.model.Parameter.TRAVIS_SERVER_ID;

import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.HostingBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The base of the goals with hosted services: their parameters, and the user's tokens. */
abstract class HostingMojo extends GoalMojo {

    private static final String ENVIRONMENT_PREFIX = "env.";

    /**
     * The GitHub repository that carries builds on hosted services: {@code owner/name}, or its address as a browser or
     * git has it. Not used with {@code ci=local}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.repository")
    private @Nullable String repository;

    /**
     * How hosted machines reach this one: {@code ngrok}, {@code ssh://user@host[:port]?publicUrl=https://…}, or an
     * {@code https://…} URL of yours that already leads to {@code receiverPort}. By default {@code ngrok} where there is
     * an authtoken of it.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.tunnel")
    private @Nullable String tunnel;

    /**
     * How the files of hosted legs come to this machine: {@code tunnel}, the legs upload them to it; or
     * {@code artifacts}, GitHub Actions keeps them as artifacts of the run and this machine downloads them, so that
     * nothing listens on it. By default {@code tunnel}; {@code artifacts} where no tunnel is configured and all hosted legs
     * are on GitHub Actions, which is said.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.delivery")
    private @Nullable String delivery;

    /**
     * The port of this machine that a tunnel of your own leads to. By default any that is free.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.receiverPort")
    private @Nullable Integer receiverPort;

    /**
     * Whether a pull request is opened for the temporary branch. Otherwise the branch is only pushed, and the CI service
     * has to build pushed branches.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.pullRequest", defaultValue = "true")
    private boolean pullRequest = true;

    /**
     * Whether the sources may go to a repository that everybody can read. What a pull request has shown there stays
     * reachable for ever.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.acceptPublic", defaultValue = "false")
    private boolean acceptPublic;

    /**
     * Whether the temporary branch and its pull request stay for inspection when the run fails.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.keepOnFailure", defaultValue = "false")
    private boolean keepOnFailure;

    /**
     * The longest that a leg may wait for a hosted machine, in minutes.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.queueTimeoutMinutes", defaultValue = "30")
    private int queueTimeoutMinutes = 30;

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for GitHub. Without such a server the
     * environment variables {@code GITHUB_TOKEN} and {@code GH_TOKEN} are looked at, then {@code githubTokenFile}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubServerId", defaultValue = "github")
    private String githubServerId = "github";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for Travis CI. Without such a server
     * the environment variable {@code TRAVIS_TOKEN} is looked at.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.travisServerId", defaultValue = "travis")
    private String travisServerId = "travis";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for AppVeyor. Without such a server
     * the environment variable {@code APPVEYOR_TOKEN} is looked at.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorServerId", defaultValue = "appveyor")
    private String appveyorServerId = "appveyor";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the authtoken for ngrok. Without such a server
     * the environment variable {@code NGROK_AUTHTOKEN} is looked at.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.ngrokServerId", defaultValue = "ngrok")
    private String ngrokServerId = "ngrok";

    /**
     * The id of the {@code <server>} in settings.xml whose privateKey, passphrase and password log in to the server of
     * an ssh tunnel. Without such a server the keys of {@code ~/.ssh} are used.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.sshServerId", defaultValue = "ssh")
    private String sshServerId = "ssh";

    /**
     * A file whose first line is the token for GitHub, for where neither settings.xml nor the environment has one.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubTokenFile")
    private @Nullable File githubTokenFile;

    /**
     * GitHub's REST API; of a GitHub Enterprise Server {@code https://host/api/v3}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubApiUrl", defaultValue = "https://api.github.com")
    private String githubApiUrl = "https://api.github.com";

    /**
     * GitHub's pages, below which git finds repositories; of a GitHub Enterprise Server {@code https://host}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubWebUrl", defaultValue = "https://github.com")
    private String githubWebUrl = "https://github.com";

    /**
     * Who signs the tokens by which jobs of GitHub Actions prove who they are, exactly as they name it (OpenID Connect's
     * {@code iss}). Known by itself for github.com, for GHE.com and, as {@code https://host/_services/token}, for GitHub
     * Enterprise Server; to be named where an enterprise has an issuer of its own, such as
     * {@code https://token.actions.githubusercontent.com/octo-enterprise}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.oidcIssuer")
    private @Nullable String oidcIssuer;

    /**
     * API v3 of Travis CI; of an installation of your own {@code https://host/api}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.travisApiUrl", defaultValue = "https://api.travis-ci.com")
    private String travisApiUrl = "https://api.travis-ci.com";

    /**
     * The API of AppVeyor, where it is not the service's own.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorApiUrl", defaultValue = "https://ci.appveyor.com/api")
    private String appveyorApiUrl = "https://ci.appveyor.com/api";

    /**
     * The account on AppVeyor that has the project, for a token that begins with {@code v2.}; by default one that is
     * called as the repository's owner.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorAccount")
    private @Nullable String appveyorAccount;

    /**
     * Where finished legs are kept for reuse, and the journals of hosted runs. By default {@code travis-compile} in the
     * user's cache directory, so that {@code mvn clean} costs no rebuild.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.cacheDirectory")
    private @Nullable File cacheDirectory;

    final MavenSession session;

    HostingMojo(MavenSession session) {
        this.session = session;
    }

    final Optional<Path> githubTokenFile() {
        return path(githubTokenFile);
    }

    /** Returns the values of the parameters on hosted services. */
    final HostingBuilder hosting() {
        return new HostingBuilder(Host.current(processEnvironment()), Instant.now())
                .repository(repository)
                .tunnel(tunnel().orElse(null))
                .delivery(delivery)
                .receiverPort(receiverPort)
                .pullRequest(pullRequest)
                .acceptPublic(acceptPublic)
                .keepOnFailure(keepOnFailure)
                .queueTimeout(Duration.ofMinutes(queueTimeoutMinutes))
                .accounts(CiProviders.accounts(this::hasToken))
                .service(GITHUB_API_URL, githubApiUrl)
                .githubWeb(githubWebUrl)
                .service(TRAVIS_API_URL, travisApiUrl)
                .service(APPVEYOR_API_URL, appveyorApiUrl)
                .service(APPVEYOR_ACCOUNT, appveyorAccount)
                .service(OIDC_ISSUER, oidcIssuer)
                .cacheDirectory(path(cacheDirectory).orElse(null));
    }

    /** Defaults to ngrok if an authtoken is configured. */
    private Optional<String> tunnel() {
        return Optional.ofNullable(tunnel)
                .or(() -> hasToken(NGROK_SERVER_ID, "NGROK_AUTHTOKEN") ? Optional.of("ngrok") : Optional.empty());
    }

    private Map<io.github.traviscompile.model.Parameter, String> serverIds() {
        return Map.of(
                GITHUB_SERVER_ID, githubServerId,
                TRAVIS_SERVER_ID, travisServerId,
                APPVEYOR_SERVER_ID, appveyorServerId,
                NGROK_SERVER_ID, ngrokServerId,
                SSH_SERVER_ID, sshServerId);
    }

    /** Whether a token is configured; not validated here. */
    private boolean hasToken(io.github.traviscompile.model.Parameter serverId, String variable) {
        return Optional.ofNullable(session.getSettings())
                .map(settings -> settings.getServer(serverIds().get(serverId)))
                .map(Server::getPassword)
                .or(() -> Optional.ofNullable(session.getSystemProperties().getProperty(ENVIRONMENT_PREFIX + variable)))
                .filter(token -> !token.isBlank())
                .isPresent();
    }

    final MavenCredentials credentials(
            SettingsDecrypter decrypter, Optional<RepositoryName> repository, CrossCompileRequest.Services services) {
        return new MavenCredentials(
                new SettingsServers(session.getSettings(), decrypter),
                processEnvironment(),
                new TokenPlaces(serverIds(), githubTokenFile()),
                repository,
                services);
    }

    /** The environment as Maven hands it out, so that an embedder or a daemon can give another than the process'. */
    final Map<String, String> processEnvironment() {
        return session.getSystemProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
                .collect(Collectors.toMap(
                        name -> name.substring(ENVIRONMENT_PREFIX.length()),
                        name -> session.getSystemProperties().getProperty(name)));
    }
}

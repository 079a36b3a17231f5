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

/**
 * Base class of the goals that use hosted services. It declares their common parameters and finds the user's tokens.
 */
abstract class HostingMojo extends GoalMojo {

    private static final String ENVIRONMENT_PREFIX = "env.";

    /**
     * The GitHub repository that carries builds on hosted services: {@code owner/name}, or its address for a browser or
     * for git. With {@code ci=local}, the plugin does not use it.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.repository")
    private @Nullable String repository;

    /**
     * The way by which hosted machines reach this one: {@code ngrok},
     * {@code ssh://user@host[:port]?publicUrl=https://…}, or the user's own {@code https://…} URL that already leads to
     * {@code receiverPort}. The default is {@code ngrok} where an authtoken for ngrok is configured.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.tunnel")
    private @Nullable String tunnel;

    /**
     * The transport of the files from hosted legs to this machine. With {@code tunnel}, the legs upload the files to
     * this machine. With {@code artifacts}, GitHub Actions keeps the files as artifacts of the run, and this machine
     * downloads them. Nothing then listens on this machine. The default is {@code tunnel}. If no tunnel is configured
     * and all hosted legs are on GitHub Actions, the run uses {@code artifacts} and says so.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.delivery")
    private @Nullable String delivery;

    /**
     * The port of this machine that the user's own tunnel leads to. The default is any free port.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.receiverPort")
    private @Nullable Integer receiverPort;

    /**
     * Whether the run opens a pull request for the temporary branch. Otherwise it only pushes the branch, and the CI
     * service has to build pushed branches.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.pullRequest", defaultValue = "true")
    private boolean pullRequest = true;

    /**
     * Whether the sources may go to a repository that everyone can read. The content of a pull request stays reachable
     * there for ever.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.acceptPublic", defaultValue = "false")
    private boolean acceptPublic;

    /**
     * Whether a failed run keeps the temporary branch and its pull request for inspection.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.keepOnFailure", defaultValue = "false")
    private boolean keepOnFailure;

    /**
     * The longest time that a leg may wait for a hosted machine, in minutes.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.queueTimeoutMinutes", defaultValue = "30")
    private int queueTimeoutMinutes = 30;

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for GitHub. Without such a server, the
     * plugin reads the environment variables {@code GITHUB_TOKEN} and {@code GH_TOKEN}, then {@code githubTokenFile}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubServerId", defaultValue = "github")
    private String githubServerId = "github";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for Travis CI. Without such a server,
     * the plugin reads the environment variable {@code TRAVIS_TOKEN}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.travisServerId", defaultValue = "travis")
    private String travisServerId = "travis";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the token for AppVeyor. Without such a server,
     * the plugin reads the environment variable {@code APPVEYOR_TOKEN}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorServerId", defaultValue = "appveyor")
    private String appveyorServerId = "appveyor";

    /**
     * The id of the {@code <server>} in settings.xml whose password is the authtoken for ngrok. Without such a server,
     * the plugin reads the environment variable {@code NGROK_AUTHTOKEN}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.ngrokServerId", defaultValue = "ngrok")
    private String ngrokServerId = "ngrok";

    /**
     * The id of the {@code <server>} in settings.xml whose privateKey, passphrase and password log in to the server of
     * an ssh tunnel. Without such a server, the plugin uses the keys of {@code ~/.ssh}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.sshServerId", defaultValue = "ssh")
    private String sshServerId = "ssh";

    /**
     * A file whose first line is the token for GitHub. The plugin reads it where neither settings.xml nor the
     * environment has one.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubTokenFile")
    private @Nullable File githubTokenFile;

    /**
     * The address of GitHub's REST API; for a GitHub Enterprise Server, {@code https://host/api/v3}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubApiUrl", defaultValue = "https://api.github.com")
    private String githubApiUrl = "https://api.github.com";

    /**
     * The address of GitHub's pages, below which git finds repositories; for a GitHub Enterprise Server,
     * {@code https://host}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.githubWebUrl", defaultValue = "https://github.com")
    private String githubWebUrl = "https://github.com";

    /**
     * The issuer (OpenID Connect's {@code iss}) of the tokens by which jobs of GitHub Actions prove their identity,
     * exactly as the tokens name it. The plugin knows it for github.com, for GHE.com and, as
     * {@code https://host/_services/token}, for GitHub Enterprise Server. Set it where an enterprise has an issuer of
     * its own, such as {@code https://token.actions.githubusercontent.com/octo-enterprise}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.oidcIssuer")
    private @Nullable String oidcIssuer;

    /**
     * The address of Travis CI's API v3; for the user's own installation, {@code https://host/api}.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.travisApiUrl", defaultValue = "https://api.travis-ci.com")
    private String travisApiUrl = "https://api.travis-ci.com";

    /**
     * The address of AppVeyor's API, for an installation other than the service's own.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorApiUrl", defaultValue = "https://ci.appveyor.com/api")
    private String appveyorApiUrl = "https://ci.appveyor.com/api";

    /**
     * The account on AppVeyor that has the project, for a token that begins with {@code v2.}. The default is the
     * account with the name of the repository's owner.
     *
     * @since 1.0.0
     */
    @Parameter(property = "travis-compile.appveyorAccount")
    private @Nullable String appveyorAccount;

    /**
     * The directory that keeps finished legs for reuse, and the journals of hosted runs. The default is
     * {@code travis-compile} in the user's cache directory, so that {@code mvn clean} costs no rebuild.
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

    /** Returns a builder with the values of the parameters on hosted services. */
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

    /**
     * Returns the configured tunnel. An authtoken for ngrok has no other use, so that ngrok is the default where there
     * is one.
     */
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

    /** Returns whether a token is configured, without validating it. */
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

    /**
     * Returns the environment from Maven's session. An embedder or a daemon can give a session another one than that of
     * the process.
     */
    final Map<String, String> processEnvironment() {
        return session.getSystemProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX))
                .collect(Collectors.toMap(
                        name -> name.substring(ENVIRONMENT_PREFIX.length()),
                        name -> session.getSystemProperties().getProperty(name)));
    }
}

package io.github.traviscompile.run.api;

import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters on hosted services, which {@code clean-up} has, too. Takes the user's words, null for a missing
 * one. The methods that make a request refuse wrong ones.
 */
public final class HostingBuilder {

    private static final String GITHUB_WEB = "https://github.com";

    private static final int HIGHEST_PORT = 65_535;

    final Host host;
    private final Instant now;

    private @Nullable String repository;
    private @Nullable String tunnel;
    private @Nullable String delivery;
    private @Nullable Integer receiverPort;
    private final Set<Switch> switches = EnumSet.of(Switch.PULL_REQUEST);
    private Duration queueTimeout = Duration.ofMinutes(30);
    private Set<Service> accounts = CiProviders.accounts((serverId, variable) -> false);
    private String githubWeb = GITHUB_WEB;
    private final Map<Parameter, String> services = new EnumMap<>(Parameter.class);
    private @Nullable Path cacheDirectory;

    /**
     * Starts with the default of every parameter and reads nothing yet.
     *
     * @param now the time of the request
     */
    public HostingBuilder(Host host, Instant now) {
        this.host = host;
        this.now = now;
    }

    public HostingBuilder repository(@Nullable String word) {
        this.repository = word;
        return this;
    }

    public HostingBuilder tunnel(@Nullable String word) {
        this.tunnel = word;
        return this;
    }

    public HostingBuilder delivery(@Nullable String word) {
        this.delivery = word;
        return this;
    }

    public HostingBuilder receiverPort(@Nullable Integer port) {
        this.receiverPort = port;
        return this;
    }

    public HostingBuilder pullRequest(boolean on) {
        return set(Switch.PULL_REQUEST, on);
    }

    public HostingBuilder acceptPublic(boolean on) {
        return set(Switch.ACCEPT_PUBLIC, on);
    }

    public HostingBuilder keepOnFailure(boolean on) {
        return set(Switch.KEEP_ON_FAILURE, on);
    }

    private HostingBuilder set(Switch which, boolean on) {
        if (on) {
            switches.add(which);
        } else {
            switches.remove(which);
        }
        return this;
    }

    public HostingBuilder queueTimeout(Duration longest) {
        this.queueTimeout = longest;
        return this;
    }

    /** Sets the services that the user has a token for. */
    public HostingBuilder accounts(Set<Service> services) {
        this.accounts = Set.copyOf(services);
        return this;
    }

    /**
     * Sets the value of a CI service's parameter; see {@link CiProviders}.
     *
     * @param word null leaves the default
     */
    public HostingBuilder service(Parameter parameter, @Nullable String word) {
        if (word == null) {
            services.remove(parameter);
        } else {
            services.put(parameter, word);
        }
        return this;
    }

    public HostingBuilder githubWeb(String url) {
        this.githubWeb = url;
        return this;
    }

    public HostingBuilder cacheDirectory(@Nullable Path directory) {
        this.cacheDirectory = directory;
        return this;
    }

    /**
     * Makes the request of the goal {@code clean-up}.
     *
     * @throws ActionNeededException if a word is wrong, or there is no repository
     */
    public CleanUpRequest cleanUp() throws ActionNeededException {
        Parts all = build();
        RepositoryName named = all.repository()
                .orElseThrow(() -> new ActionNeededException("There is nowhere to clean up, as " + Parameter.REPOSITORY
                        + " is not set. Set it to the GitHub repository that carries your hosted builds, such as"
                        + " alice/builds."));
        return new CleanUpRequest(named, all.hosting().services(), all.cacheDirectory());
    }

    /** The values read: a part of the request, and those that its other parts need. */
    record Parts(CrossCompileRequest.Hosting hosting, Optional<RepositoryName> repository, Path cacheDirectory) {}

    Parts build() throws ActionNeededException {
        CrossCompileRequest.Services services = services();
        if (receiverPort != null && (receiverPort < 1 || receiverPort > HIGHEST_PORT)) {
            throw new ActionNeededException("The parameter " + Parameter.RECEIVER_PORT + " is " + receiverPort
                    + ", which is not a port. Set it to one from 1 to " + HIGHEST_PORT + ".");
        }
        return new Parts(
                new CrossCompileRequest.Hosting(
                        delivery == null ? Optional.empty() : Optional.of(TransportKind.parse(delivery)),
                        tunnel == null ? Optional.empty() : Optional.of(TunnelAddress.parse(tunnel)),
                        Optional.ofNullable(receiverPort),
                        switches,
                        someTime(Parameter.QUEUE_TIMEOUT_MINUTES, queueTimeout),
                        accounts,
                        now,
                        services),
                repository == null
                        ? Optional.empty()
                        : Optional.of(RepositoryName.parse(repository, services.githubWeb())),
                (cacheDirectory == null ? host.cacheDirectory().resolve("travis-compile") : cacheDirectory)
                        .toAbsolutePath()
                        .normalize());
    }

    private CrossCompileRequest.Services services() throws ActionNeededException {
        Map<Parameter, String> values = new EnumMap<>(services);
        values.put(
                Parameter.GITHUB_WEB_URL,
                url(Parameter.GITHUB_WEB_URL, githubWeb, GITHUB_WEB).toString());
        for (CiProvider provider : CiProviders.all()) {
            for (Map.Entry<Parameter, String> known : provider.urls().entrySet()) {
                Parameter parameter = known.getKey();
                if (parameter == provider.apiParameter() || services.containsKey(parameter)) {
                    String word = services.getOrDefault(parameter, known.getValue());
                    values.put(parameter, url(parameter, word, known.getValue()).toString());
                }
            }
        }
        return new CrossCompileRequest.Services(values);
    }

    /** Refuses a duration of zero or less, named by its minutes. */
    static Duration someTime(Parameter parameter, Duration value) throws ActionNeededException {
        if (value.isZero() || value.isNegative()) {
            throw nothing(parameter, value.toMinutes());
        }
        return value;
    }

    static ActionNeededException nothing(Parameter parameter, long value) {
        return new ActionNeededException("The parameter " + parameter + " is " + value
                + ", which leaves nothing to work with. Set it to at least 1.");
    }

    /** Reads a URL and drops a slash at its end. Requests carry tokens, so plain http needs a loopback address. */
    private static URI url(Parameter parameter, String value, String example) throws ActionNeededException {
        String text = value.strip().replaceFirst("/+$", "");
        try {
            URI url = new URI(text);
            boolean loopback = url.getHost() != null && url.getHost().matches("127(\\.[0-9]{1,3}){3}");
            boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback);
            if (safe
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw noUrl(parameter, text, example);
        }
        throw noUrl(parameter, text, example);
    }

    /** Makes the error without the text before an @, which may be a password. */
    private static ActionNeededException noUrl(Parameter parameter, String value, String example) {
        return new ActionNeededException("The parameter " + parameter + " is '"
                + value.replaceFirst("^.*@", "…@")
                + "', which is not the https:// URL of a host, without user, query and fragment. Write it like "
                + example
                + ".");
    }
}

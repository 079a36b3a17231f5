package io.github.traviscompile.github;

import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Requests to GitHub's REST API (docs.github.com/rest), for github-api and for the parts that github-api lacks. */
public final class GitHubApi extends ApiClient {

    private static final URI STATUS_PAGE = URI.create("https://www.githubstatus.com");
    private static final String VERSION = "2022-11-28";

    /** The pause if GitHub requests fewer requests without a time ("Best practices for using the REST API"). */
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(60);

    private final GitHubAccess access;

    public GitHubApi(GitHubAccess access, HttpSettings settings) {
        super("GitHub", access.api(), STATUS_PAGE, access.token(), settings);
        this.access = access;
    }

    public GitHubAccess access() {
        return access;
    }

    /**
     * Makes one attempt to read a resource on another host, by GitHub's redirect to a short-lived address that needs no
     * token.
     *
     * @return GitHub's own reply if it does not redirect
     */
    public HttpReply getRedirected(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        HttpReply reply = get(path);
        Optional<URI> target = redirect(reply);
        return target.isPresent() ? getWithoutToken(target.get(), path) : reply;
    }

    /**
     * Returns the target of a redirect. Messages omit it, because it is a secret while it is valid.
     *
     * @throws WorkFailedException if the target's content could be changed on the way
     */
    public static Optional<URI> redirect(HttpReply reply) throws WorkFailedException {
        if (reply.status() / 100 != 3) {
            return Optional.empty();
        }
        Optional<URI> target = reply.header("location").flatMap(GitHubAccess::safe);
        if (target.isEmpty()) {
            throw new WorkFailedException(
                    "GitHub leads from " + reply.path() + " to what is not an https address; nothing was read.");
        }
        return target;
    }

    @Override
    protected Map<String, String> headers(String path) {
        Map<String, String> headers = super.headers(path);
        headers.put("Accept", "application/vnd.github+json");
        headers.put("X-GitHub-Api-Version", VERSION);
        return headers;
    }

    /** GitHub limits the rate of requests and did not execute this one. */
    static final class RateLimitException extends ServiceBusyException {
        RateLimitException(String reason, Duration retryAfter) {
            super(reason, retryAfter, null);
        }
    }

    @Override
    protected void requireServed(HttpReply reply) throws ServiceBusyException {
        Instant now = http().serverTime();
        boolean usedUp = reply.header("x-ratelimit-remaining").equals(Optional.of("0"));
        Optional<Duration> asked = reply.retryAfter(now);
        if (reply.status() == 429 || (reply.status() == 403 && (usedUp || asked.isPresent()))) {
            Optional<Duration> reset = reply.number("x-ratelimit-reset")
                    .map(second -> Duration.between(now, Instant.ofEpochSecond(second)));
            String what = asked.isEmpty() && usedUp
                    ? "gives this token no more answers in this hour"
                    : "wants fewer requests in so short a time";
            throw new RateLimitException(
                    what + " (status " + reply.status() + ")",
                    asked.or(() -> usedUp ? reset : Optional.empty())
                            .filter(wait -> !wait.isNegative())
                            .orElse(DEFAULT_PAUSE));
        }
        super.requireServed(reply);
    }

    /** Sends a request of github-api, with its own headers. */
    HttpReply send(String method, URI address, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        return send(method, address, address.getPath(), headers, body);
    }
}

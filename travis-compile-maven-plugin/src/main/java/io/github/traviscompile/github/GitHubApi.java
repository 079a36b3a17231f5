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

/** Requests to GitHub's REST API (docs.github.com/rest), for github-api and for what github-api does not know. */
public final class GitHubApi extends ApiClient {

    private static final URI STATUS_PAGE = URI.create("https://www.githubstatus.com");
    private static final String VERSION = "2022-11-28";

    /** Where GitHub wants fewer requests and does not say when ("Best practices for using the REST API"). */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private final GitHubAccess access;

    public GitHubApi(GitHubAccess access, HttpSettings settings) {
        super("GitHub", access.api(), STATUS_PAGE, access.token(), settings);
        this.access = access;
    }

    public GitHubAccess access() {
        return access;
    }

    /**
     * One attempt to read what lies on another host, to which GitHub leads by a short-lived address that needs no token.
     *
     * @return GitHub's own reply where it does not lead anywhere
     */
    public HttpReply getElsewhere(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        HttpReply reply = get(path);
        Optional<URI> elsewhere = elsewhere(reply);
        return elsewhere.isPresent() ? getWithoutToken(elsewhere.get(), path) : reply;
    }

    /**
     * Where GitHub leads instead of answering itself; the address is a secret as long as it is valid, so no message has it.
     *
     * @throws WorkFailedException if what is read there could be changed on the way
     */
    public static Optional<URI> elsewhere(HttpReply reply) throws WorkFailedException {
        if (reply.status() / 100 != 3) {
            return Optional.empty();
        }
        Optional<URI> elsewhere = reply.header("location").flatMap(GitHubAccess::safe);
        if (elsewhere.isEmpty()) {
            throw new WorkFailedException(
                    "GitHub leads from " + reply.path() + " to what is not an https address; nothing was read.");
        }
        return elsewhere;
    }

    @Override
    protected Map<String, String> headers(String path) {
        Map<String, String> headers = super.headers(path);
        headers.put("Accept", "application/vnd.github+json");
        headers.put("X-GitHub-Api-Version", VERSION);
        return headers;
    }

    /** GitHub wants fewer requests, and did not do what was asked for. */
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
                            .orElse(UNSAID));
        }
        super.requireServed(reply);
    }

    /** For github-api, whose request names itself. */
    HttpReply send(String method, URI address, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        return send(method, address, address.getPath(), headers, body);
    }
}

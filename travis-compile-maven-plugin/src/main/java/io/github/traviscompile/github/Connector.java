package io.github.traviscompile.github;

import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.RetryPolicy.Retries;
import io.github.traviscompile.http.ServiceBusyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * The transport of github-api's requests: {@link GitHubApi}, to GitHub's host only. Only this class repeats transient
 * failures. It repeats a request that creates something only if GitHub refused it for its rate.
 */
final class Connector implements GitHubConnector {

    private final GitHubApi api;
    private final URI base;
    private final Instant deadline;
    private final Consumer<String> listener;
    private volatile Optional<HttpReply> latest = Optional.empty();

    /** @param listener gets a sentence before each wait */
    Connector(GitHubApi api, Consumer<String> listener) {
        this.api = api;
        this.base = api.access().api();
        this.deadline =
                api.http().settings().clock().instant().plus(api.timeouts().total());
        this.listener = listener;
    }

    /** Returns a header of GitHub's latest successful reply. */
    Optional<String> header(String name) {
        return latest.flatMap(reply -> reply.header(name));
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        URI url = URI.create(request.url().toString());
        if (!base.getScheme().equals(url.getScheme())
                || !base.getHost().equalsIgnoreCase(url.getHost())
                || base.getPort() != url.getPort()) {
            throw new MovedException(url.getHost());
        }
        Map<String, String> headers = new HashMap<>();
        request.allHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        String contentType = request.contentType();
        if (request.hasBody() && contentType != null) {
            headers.put("Content-Type", contentType);
        }
        InputStream content = request.body();
        byte[] body = content == null ? new byte[0] : content.readAllBytes();
        HttpReply reply = repeat(request.method(), url, headers, body);
        if (reply.status() == 200) {
            latest = Optional.of(reply);
        }
        if (reply.status() / 100 == 3) {
            throw new MovedException(reply.header("location").orElse("an address that it does not tell"));
        }
        return new Answer(request, reply);
    }

    private HttpReply repeat(String method, URI url, Map<String, String> headers, byte[] body) throws IOException {
        Retries retries = begin();
        while (true) {
            try {
                return api.send(method, url, headers, body);
            } catch (ServiceBusyException e) {
                boolean harmless = !method.equals("POST") || e instanceof GitHubApi.RateLimitException;
                if (!harmless || !again(retries, e.retryAfter(), "GitHub " + e.getMessage())) {
                    // Wrapped: github-api retries some exception types even for requests that are not idempotent.
                    throw new IOException(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** Begins a few attempts, which end when the run's time for GitHub is over. */
    Retries begin() {
        HttpSettings settings = api.http().settings();
        Duration left = Duration.between(settings.clock().instant(), deadline);
        return settings.begin(settings.timeouts().aFew(left.isNegative() ? Duration.ZERO : left));
    }

    /**
     * Waits for the next attempt. Returns {@code false} at once if there is none, or after Ctrl-C.
     *
     * @param why a clause without a full stop
     */
    boolean again(Retries retries, Duration asked, String why) throws IOException {
        try {
            return !api.http().isShortened()
                    && retries.again(
                            asked,
                            pause -> listener.accept(
                                    "Waiting " + pause.plusMillis(999).toSeconds() + " s: " + why + "."));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for GitHub");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static final class Answer extends GitHubConnectorResponse.ByteArrayResponse {

        private final HttpReply reply;

        Answer(GitHubConnectorRequest request, HttpReply reply) {
            super(request, reply.status(), reply.headers());
            this.reply = reply;
        }

        @Override
        protected InputStream rawBodyStream() {
            return new ByteArrayInputStream(reply.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** GitHub redirects to another address. */
    static final class MovedException extends IOException {
        MovedException(String where) {
            super(where);
        }
    }
}

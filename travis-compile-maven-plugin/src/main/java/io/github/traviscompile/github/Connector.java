package io.github.traviscompile.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * The way of github-api's requests to GitHub: to one host only, with an end to every wait, following no redirect. What may
 * be repeated is repeated here when it fails by chance, and nowhere else; a question that was asked before costs
 * nothing of the rate limit when its answer is the same.
 */
final class Connector implements GitHubConnector {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration HURRIED = Duration.ofSeconds(2);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final int REMEMBERED = 64;
    private static final int NOT_MODIFIED = 304;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final URI api;
    private final Patience patience;
    private volatile Duration timeout;
    private volatile List<Duration> pauses = PAUSES;

    /** Guarded by itself, as are its fellows below. */
    private final Map<URI, Reply> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Reply> eldest) {
            return size() > REMEMBERED;
        }
    };

    private volatile Duration ahead = Duration.ZERO;
    private volatile Optional<String> scopes = Optional.empty();

    Connector(URI api, Patience patience) {
        this(api, patience, REQUEST);
    }

    Connector(URI api, Patience patience, Duration timeout) {
        this.api = api;
        this.patience = patience;
        this.timeout = timeout;
    }

    /** From now on no answer is waited for longer than somebody waits who pressed Ctrl-C. */
    void shortenTimeouts() {
        timeout = HURRIED;
        pauses = List.of();
    }

    /** What GitHub's clock shows, as far as its latest answer told. */
    Instant serverTime() {
        return patience.now().plus(ahead);
    }

    /** The scopes of a classic token, as GitHub lists them; nothing for tokens of other kinds. */
    Optional<String> scopes() {
        return scopes;
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        URI url = URI.create(request.url().toString());
        if (!api.getScheme().equals(url.getScheme())
                || !api.getHost().equalsIgnoreCase(url.getHost())
                || api.getPort() != url.getPort()) {
            throw new Moved(url.getHost());
        }
        InputStream content = request.body();
        byte[] body = content == null ? new byte[0] : content.readAllBytes();
        Reply reply = "POST".equals(request.method()) ? exchange(request, url, body) : repeat(request, url, body);
        if (reply.status / 100 == 3) {
            throw new Moved(reply.header("location").orElse("an address that it does not tell"));
        }
        return new Answer(request, reply);
    }

    private Reply repeat(GitHubConnectorRequest request, URI url, byte[] body) throws IOException {
        for (Duration pause : pauses) {
            String why;
            try {
                Reply reply = exchange(request, url, body);
                if (reply.status < 500) {
                    return reply;
                }
                why = "GitHub answers " + reply.status;
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                why = "GitHub does not answer (" + GitHubErrors.reason(e) + ")";
            }
            patience.await(pause, why);
        }
        return exchange(request, url, body);
    }

    private Reply exchange(GitHubConnectorRequest request, URI url, byte[] body) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .method(
                        request.method(),
                        request.hasBody() ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
        request.allHeaders().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String contentType = request.contentType();
        if (request.hasBody() && contentType != null) {
            builder.setHeader("Content-Type", contentType);
        }
        Reply known = remembered(request, url);
        if (known != null) {
            known.header("etag").ifPresent(etag -> builder.setHeader("If-None-Match", etag));
        }
        Reply reply = await(client.sendAsync(builder.build(), info -> new CappedBody()));
        learn(reply);
        if (reply.status == NOT_MODIFIED && known != null) {
            return known;
        }
        if ("GET".equals(request.method())
                && reply.status == 200
                && reply.header("etag").isPresent()) {
            synchronized (remembered) {
                remembered.put(url, reply);
            }
        }
        return reply;
    }

    private @Nullable Reply remembered(GitHubConnectorRequest request, URI url) {
        synchronized (remembered) {
            return "GET".equals(request.method()) ? remembered.get(url) : null;
        }
    }

    /** The whole exchange within the time, while the client's own limit ends with the headers. */
    private Reply await(CompletableFuture<HttpResponse<byte[]>> exchange) throws IOException {
        try {
            return new Reply(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("no whole answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            // Never as it is: of some kinds github-api would repeat the request, whatever it does.
            throw new IOException(GitHubErrors.reason(e), e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while GitHub was asked");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void learn(Reply reply) {
        if (reply.status == 200) {
            scopes = reply.header("x-oauth-scopes");
        }
        reply.header("date").ifPresent(date -> {
            try {
                Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                ahead = Duration.between(patience.now(), theirs);
            } catch (DateTimeParseException e) {
                // What we learned before stays the best that we know.
                return;
            }
        });
    }

    /** An answer in memory. */
    private static final class Reply {

        private final int status;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final byte[] body;

        Reply(HttpResponse<byte[]> response) {
            this.status = response.statusCode();
            this.headers.putAll(response.headers().map());
            this.body = response.body();
        }

        Optional<String> header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
        }
    }

    private static final class Answer extends GitHubConnectorResponse.ByteArrayResponse {

        private final byte[] body;

        Answer(GitHubConnectorRequest request, Reply reply) {
            super(request, reply.status, reply.headers);
            this.body = reply.body;
        }

        @Override
        protected InputStream rawBodyStream() {
            return new ByteArrayInputStream(body);
        }
    }

    /** GitHub points elsewhere. */
    static final class Moved extends IOException {
        Moved(String where) {
            super(where);
        }
    }
}

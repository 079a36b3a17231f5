package io.github.traviscompile.ci;

import com.google.gson.JsonObject;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the API of one service: authenticated, bounded in time and size, never redirected, since the token would go
 * along. What a service has of its own, a class of its own adds. One thread uses it at a time, but for {@link #shortenTimeouts}.
 */
public class HttpCaller {

    /** Services refuse clients without a name of their own. */
    private static final String USER_AGENT = "travis-compile-maven-plugin";

    /** More than any answer that is waited for, the log of a job among them; what comes after is not kept. */
    private static final int LARGEST_BODY = 16 << 20;

    private static final int ATTEMPTS = 3;
    private static final Duration HURRIED = Duration.ofSeconds(2);

    private final String service;
    private final URI base;
    private final URI statusPage;
    private final Secret token;
    private final HttpTimeouts patience;
    private final InstantSource clock;
    private final HttpClient client;
    private volatile boolean hurried;

    /**
     * A client that asks nothing yet.
     *
     * @param service how a sentence names it
     * @param base what paths are appended to, without a slash at its end
     * @param statusPage where the service tells of its own troubles
     */
    public HttpCaller(
            String service, URI base, URI statusPage, Secret token, HttpTimeouts patience, InstantSource clock) {
        this.service = service;
        this.base = base;
        this.statusPage = statusPage;
        this.token = token;
        this.patience = patience;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(patience.request())
                .build();
    }

    public final HttpTimeouts patience() {
        return patience;
    }

    protected final Instant now() {
        return clock.instant();
    }

    /** From now on no answer is waited for longer than somebody waits who pressed Ctrl-C; from any thread. */
    public final void shortenTimeouts() {
        hurried = true;
    }

    public final boolean isHurried() {
        return hurried;
    }

    /** One attempt to read {@code path}, which begins with a slash. */
    public HttpReply get(String path) throws ServiceBusyException, InterruptedException {
        return send(request(path).GET(), path);
    }

    /** One attempt to post {@code body} to {@code path}. */
    public final HttpReply post(String path, JsonObject body) throws ServiceBusyException, InterruptedException {
        return send(
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())),
                path);
    }

    /** One attempt to post nothing to {@code path}. */
    public HttpReply post(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()), path);
    }

    /** One attempt to delete {@code path}. */
    public final HttpReply delete(String path) throws ServiceBusyException, InterruptedException {
        return send(request(path).DELETE(), path);
    }

    /**
     * One attempt to read {@code address}, which may lie anywhere and is shown no token.
     *
     * @param path by which the answer names it, since an address may be a secret
     */
    public final HttpReply getWithoutToken(URI address, String path) throws ServiceBusyException, InterruptedException {
        HttpReply answer = exchange(HttpRequest.newBuilder(address).GET(), path);
        requireServed(answer);
        return answer;
    }

    /** An exchange that may be tried again. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws ServiceBusyException, WorkFailedException, InterruptedException;
    }

    /** Repeats {@code attempt} until it gives a result or patience ends; {@code what} completes "could not …". */
    public final <T> T retry(String what, Attempt<T> attempt) throws WorkFailedException, InterruptedException {
        Instant begin = clock.instant();
        Duration pause = patience.firstPause();
        while (true) {
            try {
                return attempt.run();
            } catch (ServiceBusyException e) {
                Duration wait = pause.compareTo(e.retryAfter()) > 0 ? pause : e.retryAfter();
                if (hurried || clock.instant().plus(wait).isAfter(begin.plus(patience.total()))) {
                    throw givenUp(what, e);
                }
                Thread.sleep(wait.toMillis());
                pause = patience.pauseAfter(pause);
            }
        }
    }

    /** Repeats {@code attempt} a few times and then fails as it did, for what somebody waits to see the end of. */
    public final <T> T attempt(Attempt<T> attempt)
            throws ServiceBusyException, WorkFailedException, InterruptedException {
        Duration pause = patience.firstPause();
        for (int count = 1; ; count++) {
            try {
                return attempt.run();
            } catch (ServiceBusyException e) {
                if (count == ATTEMPTS || hurried) {
                    throw e;
                }
                Thread.sleep(pause.toMillis());
                pause = patience.pauseAfter(pause);
            }
        }
    }

    /** The failure of a question that was repeated for as long as patience lasts. */
    public final WorkFailedException givenUp(String what, ServiceBusyException cause) {
        String within = hurried ? "" : " within " + patience.total().toSeconds() + " s";
        return new WorkFailedException(
                "Could not " + what + " at " + base + within + ": it " + cause.getMessage()
                        + ". Try again later; whether " + service + " has trouble is told at " + statusPage + ".",
                cause);
    }

    /** What every request to {@code path} says. */
    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.5")
                .header("Authorization", scheme() + " " + token.reveal());
    }

    /** The word before the token, of RFC 6750 where the service has none of its own. */
    protected String scheme() {
        return "Bearer";
    }

    /** One attempt. */
    protected final HttpReply send(HttpRequest.Builder request, String path)
            throws ServiceBusyException, InterruptedException {
        HttpReply answer = exchange(request, path);
        judge(answer);
        return answer;
    }

    /** Refuses an answer by which the service asks to be asked again later. */
    protected void judge(HttpReply answer) throws ServiceBusyException {
        requireServed(answer);
    }

    private static void requireServed(HttpReply answer) throws ServiceBusyException {
        if (answer.status() == 429 || answer.status() >= 500) {
            // In seconds; nobody was seen to send the form with a date (RFC 9110, section 10.2.3).
            Duration retryAfter =
                    answer.number("Retry-After").map(Duration::ofSeconds).orElse(Duration.ZERO);
            throw new ServiceBusyException("answered with status " + answer.status(), retryAfter, null);
        }
    }

    private HttpReply exchange(HttpRequest.Builder request, String path)
            throws ServiceBusyException, InterruptedException {
        Duration limit = hurried ? HURRIED : patience.request();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request.header("User-Agent", USER_AGENT).timeout(limit).build(),
                head -> BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length <= LARGEST_BODY) {
                        body.writeBytes(bytes);
                    }
                })));
        try {
            HttpResponse<Void> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpReply(
                    service, path, response.statusCode(), response.headers(), body.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw new ServiceBusyException("did not answer (" + inWords(e.getCause()) + ")", Duration.ZERO, e);
        } catch (TimeoutException e) {
            throw new ServiceBusyException("did not answer within " + limit.toSeconds() + " s", Duration.ZERO, e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static String inWords(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        String kind = cause.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }
}

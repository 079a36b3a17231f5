package io.github.traviscompile.ci;

import com.google.gson.JsonObject;
import io.github.traviscompile.platform.Secret;
import io.github.traviscompile.platform.WorkFailedException;
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
 * Requests to the API of one service with a bearer token (RFC 6750): bounded in time and size, never redirected, since the
 * token would go along. One thread uses it at a time.
 */
public final class ApiClient {

    /** Services refuse clients without a name of their own. */
    private static final String USER_AGENT = "travis-compile-maven-plugin";

    /** More than the log of a job should be; what is longer is cut. */
    private static final int LARGEST_BODY = 8 << 20;

    private static final Duration HURRIED = Duration.ofSeconds(2);

    private final String service;
    private final URI base;
    private final URI statusPage;
    private final Secret token;
    private final ApiPatience patience;
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
    public ApiClient(
            String service, URI base, URI statusPage, Secret token, ApiPatience patience, InstantSource clock) {
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

    /** From now on no answer is waited for longer than somebody waits who pressed Ctrl-C; from any thread. */
    public void hurry() {
        hurried = true;
    }

    public boolean isHurried() {
        return hurried;
    }

    private Duration limit() {
        return hurried ? HURRIED : patience.request();
    }

    /** One attempt to read {@code path}, which begins with a slash. */
    public ApiAnswer get(String path) throws ApiBusyException, InterruptedException {
        return once(request(path).GET().build(), path);
    }

    /** One attempt to post {@code body} to {@code path}. */
    public ApiAnswer post(String path, JsonObject body) throws ApiBusyException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return once(request, path);
    }

    /** One attempt to delete {@code path}. */
    public ApiAnswer delete(String path) throws ApiBusyException, InterruptedException {
        return once(request(path).DELETE().build(), path);
    }

    /** An exchange that may be tried again. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws ApiBusyException, WorkFailedException, InterruptedException;
    }

    /** Repeats {@code attempt} until it gives a result or patience ends; {@code what} completes "could not …". */
    public <T> T insist(String what, Attempt<T> attempt) throws WorkFailedException, InterruptedException {
        Instant begin = clock.instant();
        Duration pause = patience.firstPause();
        while (true) {
            try {
                return attempt.run();
            } catch (ApiBusyException e) {
                Duration wait = pause.compareTo(e.retryAfter()) > 0 ? pause : e.retryAfter();
                if (hurried || clock.instant().plus(wait).isAfter(begin.plus(patience.total()))) {
                    throw givenUp(what, e);
                }
                Thread.sleep(wait.toMillis());
                pause = patience.pauseAfter(pause);
            }
        }
    }

    /** The failure of a question that was repeated for as long as patience lasts. */
    public WorkFailedException givenUp(String what, ApiBusyException cause) {
        String within = hurried ? "" : " within " + patience.total().toSeconds() + " s";
        return new WorkFailedException(
                "Could not " + what + " at " + base + within + ": it " + cause.getMessage()
                        + ". Try again later; whether the service has trouble is told at " + statusPage + ".",
                cause);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit())
                .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.5")
                .header("User-Agent", USER_AGENT)
                .header("Authorization", "Bearer " + token.reveal());
    }

    private ApiAnswer once(HttpRequest request, String path) throws ApiBusyException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request,
                head -> BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length <= LARGEST_BODY) {
                        body.writeBytes(bytes);
                    }
                })));
        try {
            HttpResponse<Void> response = exchange.get(limit().toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status == 429 || status >= 500) {
                throw new ApiBusyException("answered with status " + status, retryAfter(response), null);
            }
            return new ApiAnswer(service, path, status, body.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw new ApiBusyException("did not answer (" + inWords(e.getCause()) + ")", Duration.ZERO, e);
        } catch (TimeoutException e) {
            throw new ApiBusyException("did not answer within " + limit().toSeconds() + " s", Duration.ZERO, e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static Duration retryAfter(HttpResponse<Void> response) {
        // In seconds; nobody was seen to send the form with a date (RFC 9110, section 10.2.3).
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
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

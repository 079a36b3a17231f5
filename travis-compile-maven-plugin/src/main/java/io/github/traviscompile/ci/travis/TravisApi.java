package io.github.traviscompile.ci.travis;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to API v3 (developer.travis-ci.com): authenticated, bounded in time and size, never redirected, since the
 * token would go along. One thread uses it at a time.
 */
final class TravisApi {

    /** Without a name of its own, a client is refused. */
    private static final String USER_AGENT = "travis-compile-maven-plugin";

    /** More than a job's log, which the service cuts at 4.5 MB. */
    private static final int LARGEST_BODY = 8 << 20;

    /** The service bans for an hour who sends more than 50 within 30 s (travis-ci/travis-api, attack.rb). */
    private static final int MOST_POSTS = 25;

    private static final Duration HURRIED = Duration.ofSeconds(2);
    private static final Duration POST_WINDOW = Duration.ofSeconds(30);

    private final TravisSite site;
    private final Secret token;
    private final TravisPatience patience;
    private final InstantSource clock;
    private final HttpClient client;
    private volatile boolean hurried;
    private final Deque<Instant> posts = new ArrayDeque<>();

    TravisApi(TravisSite site, Secret token, TravisPatience patience, InstantSource clock) {
        this.site = site;
        this.token = token;
        this.patience = patience;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(patience.request())
                .build();
    }

    TravisSite site() {
        return site;
    }

    void hurry() {
        hurried = true;
    }

    boolean isHurried() {
        return hurried;
    }

    private Duration limit() {
        return hurried ? HURRIED : patience.request();
    }

    /** One attempt to read {@code path}, which begins with a slash. */
    TravisAnswer get(String path) throws TravisBusyException, InterruptedException {
        return once(request(path).GET().build(), path);
    }

    /** One attempt to post nothing to {@code path}. */
    TravisAnswer post(String path) throws TravisBusyException, WorkFailedException, InterruptedException {
        Instant now = clock.instant();
        posts.removeIf(sent -> sent.plus(POST_WINDOW).isBefore(now));
        if (posts.size() >= MOST_POSTS) {
            throw new WorkFailedException(
                    "Travis CI was not asked for " + path + ", because it would refuse this account"
                            + " for an hour after so many requests. Wait a minute and try again.");
        }
        posts.add(now);
        return once(request(path).POST(BodyPublishers.noBody()).build(), path);
    }

    /** An exchange that may be tried again. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws TravisBusyException, WorkFailedException, InterruptedException;
    }

    /** Repeats {@code attempt} until it gives a result or patience ends; {@code what} completes "could not …". */
    <T> T insist(String what, Attempt<T> attempt) throws WorkFailedException, InterruptedException {
        Instant begin = clock.instant();
        Duration pause = patience.firstPause();
        while (true) {
            try {
                return attempt.run();
            } catch (TravisBusyException e) {
                Duration wait = pause.compareTo(e.retryAfter()) > 0 ? pause : e.retryAfter();
                if (clock.instant().plus(wait).isAfter(begin.plus(patience.total()))) {
                    throw givenUp(what, e);
                }
                Thread.sleep(wait.toMillis());
                pause = patience.pauseAfter(pause);
            }
        }
    }

    WorkFailedException givenUp(String what, TravisBusyException cause) {
        return new WorkFailedException(
                "Could not " + what + " at " + site.api() + " within "
                        + patience.total().toSeconds()
                        + " s: it " + cause.getMessage()
                        + ". Try again later; whether the service has trouble is told at"
                        + " https://www.traviscistatus.com.",
                cause);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(site.api() + path))
                .timeout(limit())
                .header("Travis-API-Version", "3")
                .header("Accept", path.endsWith(".txt") ? "text/plain" : "application/json")
                .header("User-Agent", USER_AGENT)
                .header("Authorization", "token " + token.reveal());
    }

    private TravisAnswer once(HttpRequest request, String path) throws TravisBusyException, InterruptedException {
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
                throw new TravisBusyException("answered with status " + status, retryAfter(response), null);
            }
            return new TravisAnswer(path, status, body.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw new TravisBusyException("did not answer (" + inWords(e.getCause()) + ")", Duration.ZERO, e);
        } catch (TimeoutException e) {
            throw new TravisBusyException("did not answer within " + limit().toSeconds() + " s", Duration.ZERO, e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static Duration retryAfter(HttpResponse<Void> response) {
        // In seconds; the form with a date (RFC 9110, section 10.2.3) is not what the service sends.
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

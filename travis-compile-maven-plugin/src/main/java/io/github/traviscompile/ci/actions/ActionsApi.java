package io.github.traviscompile.ci.actions;

import io.github.traviscompile.platform.Secret;
import io.github.traviscompile.platform.WorkFailedException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests to GitHub's REST API (docs.github.com/rest): authenticated, bounded in time and size, never redirected, since
 * the token would go along. What has not changed since it was last asked for costs nothing of the rate limit. One thread
 * uses it at a time, but for {@link #hurry}.
 */
final class ActionsApi {

    private static final String VERSION = "2022-11-28";
    private static final String USER_AGENT = "travis-compile-maven-plugin";
    private static final int NOT_MODIFIED = 304;
    private static final int REMEMBERED = 32;

    /** Where GitHub wants fewer requests and does not say when ("Best practices for using the REST API"). */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private final ActionsSite site;
    private final Secret token;
    private final ActionsPatience patience;
    private final InstantSource clock;
    private final BoundedHttp http;
    private final Map<String, ActionsAnswer> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ActionsAnswer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile Duration ahead = Duration.ZERO;

    ActionsApi(ActionsSite site, Secret token, ActionsPatience patience, InstantSource clock) {
        this.site = site;
        this.token = token;
        this.patience = patience;
        this.clock = clock;
        this.http = new BoundedHttp(patience.request());
    }

    ActionsSite site() {
        return site;
    }

    void hurry() {
        http.hurry();
    }

    boolean isHurried() {
        return http.isHurried();
    }

    /** What GitHub's clock shows, as far as its latest answer told. */
    Instant serverTime() {
        return clock.instant().plus(ahead);
    }

    /** One attempt to read {@code path}, which begins with a slash. */
    ActionsAnswer get(String path) throws ActionsBusyException, InterruptedException {
        HttpRequest.Builder request = request(path).GET();
        @Nullable ActionsAnswer known = remembered.get(path);
        if (known != null) {
            known.header("etag").ifPresent(etag -> request.header("If-None-Match", etag));
        }
        ActionsAnswer answer = once(request, path);
        if (answer.status() == NOT_MODIFIED && known != null) {
            return known;
        }
        if (answer.status() == 200 && answer.header("etag").isPresent()) {
            remembered.put(path, answer);
        }
        return answer;
    }

    /** One attempt to post nothing to {@code path}. */
    ActionsAnswer post(String path) throws ActionsBusyException, InterruptedException {
        return once(request(path).POST(BodyPublishers.noBody()), path);
    }

    /** One attempt to delete {@code path}. */
    ActionsAnswer delete(String path) throws ActionsBusyException, InterruptedException {
        return once(request(path).DELETE(), path);
    }

    /**
     * One attempt to read what lies on another host, to which GitHub leads by a short-lived address that needs no token.
     *
     * @return the answer of GitHub where it does not lead anywhere
     */
    ActionsAnswer getElsewhere(String path) throws ActionsBusyException, WorkFailedException, InterruptedException {
        ActionsAnswer answer = once(request(path).GET(), path);
        Optional<URI> elsewhere = elsewhere(answer);
        if (elsewhere.isEmpty()) {
            return answer;
        }
        BoundedHttp.Response response =
                http.send(HttpRequest.newBuilder(elsewhere.get()).GET().header("User-Agent", USER_AGENT));
        if (response.status() == 429 || response.status() >= 500) {
            throw new ActionsBusyException("answered with status " + response.status(), Duration.ZERO, null);
        }
        return new ActionsAnswer(path, response.status(), response.headers(), response.body());
    }

    /**
     * Where GitHub leads instead of answering itself; the address is a secret as long as it is valid, so no message has it.
     *
     * @throws WorkFailedException if what is read there could be changed on the way
     */
    static Optional<URI> elsewhere(ActionsAnswer answer) throws WorkFailedException {
        Optional<String> location = answer.header("location");
        if (answer.status() / 100 != 3 || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI elsewhere = URI.create(location.get());
            if (elsewhere.getHost() != null && ActionsSite.isSafe(elsewhere)) {
                return Optional.of(elsewhere);
            }
        } catch (IllegalArgumentException e) {
            throw notSafe(answer);
        }
        throw notSafe(answer);
    }

    private static WorkFailedException notSafe(ActionsAnswer answer) {
        return new WorkFailedException(
                "GitHub leads from " + answer.path() + " to what is not an https address; nothing was read.");
    }

    /** An exchange that may be tried again. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws ActionsBusyException, WorkFailedException, InterruptedException;
    }

    /** Repeats {@code attempt} until it gives a result or patience ends; {@code what} completes "could not …". */
    <T> T insist(String what, Attempt<T> attempt) throws WorkFailedException, InterruptedException {
        Instant begin = clock.instant();
        Duration pause = patience.firstPause();
        while (true) {
            try {
                return attempt.run();
            } catch (ActionsBusyException e) {
                Duration wait = pause.compareTo(e.retryAfter()) > 0 ? pause : e.retryAfter();
                if (isHurried() || clock.instant().plus(wait).isAfter(begin.plus(patience.total()))) {
                    throw givenUp(what, e);
                }
                Thread.sleep(wait.toMillis());
                pause = patience.pauseAfter(pause);
            }
        }
    }

    WorkFailedException givenUp(String what, ActionsBusyException cause) {
        return new WorkFailedException(
                "Could not " + what + " at " + site.api() + " within "
                        + patience.total().toSeconds() + " s: it " + cause.getMessage()
                        + ". Try again later; whether GitHub has trouble is told at https://www.githubstatus.com.",
                cause);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(site.api() + path))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION)
                .header("User-Agent", USER_AGENT)
                .header("Authorization", "Bearer " + token.reveal());
    }

    private ActionsAnswer once(HttpRequest.Builder request, String path)
            throws ActionsBusyException, InterruptedException {
        BoundedHttp.Response response = http.send(request);
        learnTime(response.headers());
        int status = response.status();
        boolean usedUp = "0"
                .equals(response.headers().firstValue("x-ratelimit-remaining").orElse(""));
        boolean told = response.headers().firstValue("retry-after").isPresent();
        if (status == 429 || (status == 403 && (usedUp || told))) {
            throw new ActionsBusyException(
                    "wants fewer requests of this token (status " + status + ")",
                    untilAllowed(response.headers()),
                    null);
        }
        if (status >= 500) {
            throw new ActionsBusyException("answered with status " + status, Duration.ZERO, null);
        }
        return new ActionsAnswer(path, status, response.headers(), response.body());
    }

    private Duration untilAllowed(HttpHeaders headers) {
        Optional<Long> after = number(headers, "retry-after");
        if (after.isPresent()) {
            return Duration.ofSeconds(after.get());
        }
        return number(headers, "x-ratelimit-reset")
                .map(reset -> Duration.between(serverTime(), Instant.ofEpochSecond(reset)))
                .filter(wait -> !wait.isNegative())
                .orElse(UNSAID);
    }

    private static Optional<Long> number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(value -> value.matches("[0-9]{1,10}"))
                .map(Long::valueOf);
    }

    private void learnTime(HttpHeaders headers) {
        try {
            headers.firstValue("date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .ifPresent(theirs -> ahead = Duration.between(clock.instant(), theirs));
        } catch (DateTimeParseException e) {
            // What we learned before stays the best that we know.
            return;
        }
    }
}

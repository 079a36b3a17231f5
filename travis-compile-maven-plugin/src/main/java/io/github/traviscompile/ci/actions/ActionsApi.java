package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.HttpCaller;
import io.github.traviscompile.ci.HttpReply;
import io.github.traviscompile.ci.HttpTimeouts;
import io.github.traviscompile.ci.ServiceBusyException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.net.http.HttpRequest;
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
 * Requests to GitHub's REST API (docs.github.com/rest). What has not changed since it was last asked for costs nothing of
 * the rate limit.
 */
final class ActionsApi extends HttpCaller {

    private static final URI STATUS_PAGE = URI.create("https://www.githubstatus.com");
    private static final String VERSION = "2022-11-28";
    private static final int NOT_MODIFIED = 304;
    private static final int REMEMBERED = 32;

    /** Where GitHub wants fewer requests and does not say when ("Best practices for using the REST API"). */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private final ActionsSite site;
    private final Map<String, HttpReply> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HttpReply> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile Duration ahead = Duration.ZERO;

    ActionsApi(ActionsSite site, Secret token, HttpTimeouts patience, InstantSource clock) {
        super("GitHub", site.api(), STATUS_PAGE, token, patience, clock);
        this.site = site;
    }

    ActionsSite site() {
        return site;
    }

    /** What GitHub's clock shows, as far as its latest answer told. */
    Instant serverTime() {
        return now().plus(ahead);
    }

    @Override
    public HttpReply get(String path) throws ServiceBusyException, InterruptedException {
        HttpRequest.Builder request = request(path).GET();
        @Nullable HttpReply known = remembered.get(path);
        if (known != null) {
            known.header("etag").ifPresent(etag -> request.header("If-None-Match", etag));
        }
        HttpReply answer = send(request, path);
        if (answer.status() == NOT_MODIFIED && known != null) {
            return known;
        }
        if (answer.status() == 200 && answer.header("etag").isPresent()) {
            remembered.put(path, answer);
        }
        return answer;
    }

    /**
     * One attempt to read what lies on another host, to which GitHub leads by a short-lived address that needs no token.
     *
     * @return the answer of GitHub where it does not lead anywhere
     */
    HttpReply getElsewhere(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        HttpReply answer = send(request(path).GET(), path);
        Optional<URI> elsewhere = elsewhere(answer);
        return elsewhere.isPresent() ? getWithoutToken(elsewhere.get(), path) : answer;
    }

    /**
     * Where GitHub leads instead of answering itself; the address is a secret as long as it is valid, so no message has it.
     *
     * @throws WorkFailedException if what is read there could be changed on the way
     */
    static Optional<URI> elsewhere(HttpReply answer) throws WorkFailedException {
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

    private static WorkFailedException notSafe(HttpReply answer) {
        return new WorkFailedException(
                "GitHub leads from " + answer.path() + " to what is not an https address; nothing was read.");
    }

    @Override
    protected HttpRequest.Builder request(String path) {
        return super.request(path)
                .setHeader("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION);
    }

    @Override
    protected void judge(HttpReply answer) throws ServiceBusyException {
        learnTime(answer);
        boolean usedUp = answer.header("x-ratelimit-remaining").equals(Optional.of("0"));
        boolean told = answer.header("retry-after").isPresent();
        if (answer.status() == 429 || (answer.status() == 403 && (usedUp || told))) {
            throw new ServiceBusyException(
                    "wants fewer requests of this token (status " + answer.status() + ")", untilAllowed(answer), null);
        }
        super.judge(answer);
    }

    private Duration untilAllowed(HttpReply answer) {
        return answer.number("retry-after")
                .map(Duration::ofSeconds)
                .orElseGet(() -> answer.number("x-ratelimit-reset")
                        .map(reset -> Duration.between(serverTime(), Instant.ofEpochSecond(reset)))
                        .filter(wait -> !wait.isNegative())
                        .orElse(UNSAID));
    }

    private void learnTime(HttpReply answer) {
        try {
            answer.header("date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .ifPresent(theirs -> ahead = Duration.between(now(), theirs));
        } catch (DateTimeParseException e) {
            // What we learned before stays the best that we know.
            return;
        }
    }
}

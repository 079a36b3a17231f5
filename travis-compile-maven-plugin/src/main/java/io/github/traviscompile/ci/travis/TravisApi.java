package io.github.traviscompile.ci.travis;

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
import java.util.ArrayDeque;
import java.util.Deque;

/** Requests to API v3 (developer.travis-ci.com). */
final class TravisApi extends HttpCaller {

    private static final URI STATUS_PAGE = URI.create("https://www.traviscistatus.com");

    /** The service bans for an hour who sends more than 50 within 30 s (travis-ci/travis-api, attack.rb). */
    private static final int MOST_POSTS = 25;

    private static final Duration POST_WINDOW = Duration.ofSeconds(30);

    private final TravisSite site;
    private final Deque<Instant> posts = new ArrayDeque<>();

    TravisApi(TravisSite site, Secret token, HttpTimeouts patience, InstantSource clock) {
        super("Travis CI", site.api(), STATUS_PAGE, token, patience, clock);
        this.site = site;
    }

    TravisSite site() {
        return site;
    }

    @Override
    protected String scheme() {
        return "token";
    }

    @Override
    protected HttpRequest.Builder request(String path) {
        return super.request(path)
                .header("Travis-API-Version", "3")
                .setHeader("Accept", path.endsWith(".txt") ? "text/plain" : "application/json");
    }

    @Override
    public HttpReply post(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        Instant now = now();
        posts.removeIf(sent -> sent.plus(POST_WINDOW).isBefore(now));
        if (posts.size() >= MOST_POSTS) {
            throw new WorkFailedException(
                    "Travis CI was not asked for " + path + ", because it would refuse this account"
                            + " for an hour after so many requests. Wait a minute and try again.");
        }
        posts.add(now);
        return super.post(path);
    }
}

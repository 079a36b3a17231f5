package io.github.traviscompile.ci.travis;

import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Requests to API v3 (developer.travis-ci.com). */
final class TravisApi extends ApiClient {

    private static final URI STATUS_PAGE = URI.create("https://www.traviscistatus.com");

    /** The service bans a client for an hour after more than 50 posts within 30 s (travis-ci/travis-api, attack.rb). */
    private static final int MOST_POSTS = 25;

    private static final Duration POST_WINDOW = Duration.ofSeconds(30);

    private final TravisSite site;
    private final Deque<Instant> posts = new ArrayDeque<>();

    TravisApi(TravisSite site, Secret token, HttpSettings settings) {
        super("Travis CI", site.api(), STATUS_PAGE, token, settings);
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
    protected Map<String, String> headers(String path) {
        Map<String, String> headers = super.headers(path);
        headers.put("Travis-API-Version", "3");
        headers.put("Accept", path.endsWith(".txt") ? "text/plain" : "application/json");
        return headers;
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

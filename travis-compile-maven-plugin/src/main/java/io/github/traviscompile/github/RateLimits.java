package io.github.traviscompile.github;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * What to do when GitHub wants fewer requests: wait as long as it says and the run lasts.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">the rules</a>
 */
final class RateLimits {

    /** When GitHub does not say how long. */
    private static final Duration UNSAID = Duration.ofSeconds(60);

    private RateLimits() {}

    static GitHubRateLimitHandler primary(Connector connector, Patience patience) {
        return new GitHubRateLimitHandler() {
            @Override
            public void onError(GitHubConnectorResponse response) throws IOException {
                patience.await(
                        untilReset(connector, response),
                        "all requests of this hour that GitHub allows the token are used up");
            }
        };
    }

    static GitHubAbuseLimitHandler secondary(Connector connector, Patience patience) {
        return new GitHubAbuseLimitHandler() {
            @Override
            public void onError(GitHubConnectorResponse response) throws IOException {
                Duration wait =
                        response.header("Retry-After") == null && "0".equals(response.header("X-RateLimit-Remaining"))
                                ? untilReset(connector, response)
                                : retryAfter(connector, response);
                patience.await(wait, "GitHub wants fewer requests in so short a time");
            }
        };
    }

    private static Duration untilReset(Connector connector, GitHubConnectorResponse response) {
        String reset = response.header("X-RateLimit-Reset");
        try {
            return reset == null
                    ? UNSAID
                    : atLeastASecond(
                            Duration.between(connector.serverTime(), Instant.ofEpochSecond(Long.parseLong(reset))));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return UNSAID;
        }
    }

    /** Seconds or a date (RFC 9110, 10.2.3). */
    private static Duration retryAfter(Connector connector, GitHubConnectorResponse response) {
        String after = response.header("Retry-After");
        if (after == null) {
            return UNSAID;
        }
        try {
            return atLeastASecond(
                    after.matches("\\d{1,12}")
                            ? Duration.ofSeconds(Long.parseLong(after))
                            : Duration.between(
                                    connector.serverTime(),
                                    ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()));
        } catch (DateTimeException | ArithmeticException e) {
            return UNSAID;
        }
    }

    private static Duration atLeastASecond(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
    }
}

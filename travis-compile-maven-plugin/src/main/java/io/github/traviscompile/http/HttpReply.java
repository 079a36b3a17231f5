package io.github.traviscompile.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service's reply.
 *
 * @param service its name in messages
 * @param path of the request, without the host
 * @param headers by names of any case
 * @param body as UTF-8, up to the size that the client keeps
 */
public record HttpReply(String service, String path, int status, Map<String, List<String>> headers, String body) {

    public boolean succeeded() {
        return status / 100 == 2;
    }

    /** Whether the service withholds the resource; services answer 404 also if the account must not see it. */
    public boolean withheld() {
        return status == 401 || status == 403 || status == 404 || status == 410;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns a header's whole number. */
    public Optional<Long> number(String name) {
        return header(name).filter(value -> value.matches("[0-9]{1,10}")).map(Long::valueOf);
    }

    /**
     * Returns the pause that the service requests, in seconds or by a date of its own clock (RFC 9110, section 10.2.3).
     */
    public Optional<Duration> retryAfter(Instant serverTime) {
        return number("retry-after")
                .map(Duration::ofSeconds)
                .or(() -> date("retry-after").map(date -> Duration.between(serverTime, date)));
    }

    /** Returns a header's date; empty if it is none. */
    Optional<Instant> date(String name) {
        try {
            return header(name)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

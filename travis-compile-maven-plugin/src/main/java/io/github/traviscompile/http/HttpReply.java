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
 * What a service answered.
 *
 * @param service how a sentence names it
 * @param path of the request, without the host
 * @param headers by names of any case
 * @param body as UTF-8, as far as it was kept
 */
public record HttpReply(String service, String path, int status, Map<String, List<String>> headers, String body) {

    public boolean succeeded() {
        return status / 100 == 2;
    }

    /** Whether the service withholds what was asked for; services say 404 also where the account may not see a thing. */
    public boolean withheld() {
        return status == 401 || status == 403 || status == 404 || status == 410;
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** A header that is a whole number. */
    public Optional<Long> number(String name) {
        return header(name).filter(value -> value.matches("[0-9]{1,10}")).map(Long::valueOf);
    }

    /** How long the service asks to be left alone, in seconds or by a date of its own clock (RFC 9110, section 10.2.3). */
    public Optional<Duration> retryAfter(Instant serverTime) {
        return number("retry-after")
                .map(Duration::ofSeconds)
                .or(() -> date("retry-after").map(date -> Duration.between(serverTime, date)));
    }

    /** A header that is a date; empty where it is none. */
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

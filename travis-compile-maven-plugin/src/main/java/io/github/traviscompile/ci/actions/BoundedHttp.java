package io.github.traviscompile.ci.actions;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP with an end to every wait and to every body, which never follows where it is sent. For any thread. */
final class BoundedHttp {

    /** More than any answer that is waited for, the log of a job among them; what comes after is not kept. */
    private static final int LARGEST_BODY = 16 << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration HURRIED = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();
    private final Duration patience;
    private volatile boolean hurried;

    /** @param patience for one exchange, its body included */
    BoundedHttp(Duration patience) {
        this.patience = patience;
    }

    /** A whole answer. */
    record Response(int status, HttpHeaders headers, String body) {}

    void hurry() {
        hurried = true;
    }

    boolean isHurried() {
        return hurried;
    }

    /**
     * One attempt.
     *
     * @throws ActionsBusyException if there is no whole answer
     */
    Response send(HttpRequest.Builder request) throws ActionsBusyException, InterruptedException {
        Duration limit = hurried ? HURRIED : patience;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request.timeout(limit).build(),
                head -> BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length <= LARGEST_BODY) {
                        body.writeBytes(bytes);
                    }
                })));
        try {
            HttpResponse<Void> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Response(response.statusCode(), response.headers(), body.toString(StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw new ActionsBusyException("did not answer (" + inWords(e.getCause()) + ")", Duration.ZERO, e);
        } catch (TimeoutException e) {
            throw new ActionsBusyException("did not answer within " + limit.toSeconds() + " s", Duration.ZERO, e);
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

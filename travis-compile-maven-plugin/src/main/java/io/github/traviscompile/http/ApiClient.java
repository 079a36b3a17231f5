package io.github.traviscompile.http;

import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Authenticated requests to the API of one service. What a service has of its own, a class of its own adds. One thread uses
 * it at a time, but for {@link #shortenTimeouts}.
 */
public class ApiClient {

    private static final byte[] NO_BODY = {};

    private final String service;
    private final URI base;
    private final URI statusPage;
    private final Secret token;
    private final HttpCaller http;

    /**
     * A client that asks nothing yet.
     *
     * @param service how a sentence names it
     * @param base what paths are appended to, without a slash at its end
     * @param statusPage where the service tells of its own troubles
     */
    public ApiClient(String service, URI base, URI statusPage, Secret token, HttpSettings settings) {
        this.service = service;
        this.base = base;
        this.statusPage = statusPage;
        this.token = token;
        this.http = new HttpCaller(settings);
    }

    public final HttpCaller http() {
        return http;
    }

    public final HttpTimeouts timeouts() {
        return http.settings().timeouts();
    }

    protected final Instant now() {
        return http.settings().clock().instant();
    }

    /** From now on waits for no answer longer than a user does who pressed Ctrl-C; from any thread. */
    public final void shortenTimeouts() {
        http.shortenTimeouts();
    }

    /** One attempt to read {@code path}, which begins with a slash. */
    public final HttpReply get(String path) throws ServiceBusyException, InterruptedException {
        return send("GET", path, headers(path), NO_BODY);
    }

    /** One attempt to post {@code json} to {@code path}. */
    public final HttpReply post(String path, String json) throws ServiceBusyException, InterruptedException {
        Map<String, String> headers = headers(path);
        headers.put("Content-Type", "application/json");
        return send("POST", path, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    /** One attempt to post nothing to {@code path}. */
    public HttpReply post(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        return send("POST", path, headers(path), NO_BODY);
    }

    /** One attempt to delete {@code path}. */
    public final HttpReply delete(String path) throws ServiceBusyException, InterruptedException {
        return send("DELETE", path, headers(path), NO_BODY);
    }

    private HttpReply send(String method, String path, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        return send(method, URI.create(base + path), path, headers, body);
    }

    /**
     * One attempt to read {@code address}, which may lie anywhere and is shown no token.
     *
     * @param path by which the reply names it, since an address may be a secret
     */
    public final HttpReply getWithoutToken(URI address, String path) throws ServiceBusyException, InterruptedException {
        return send("GET", address, path, Map.of(), NO_BODY);
    }

    /** One attempt at any request; {@code path} names it. */
    protected final HttpReply send(String method, URI address, String path, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        HttpReply plain = http.exchange(method, address, headers, body, http.limit());
        HttpReply reply = new HttpReply(service, path, plain.status(), plain.headers(), plain.body());
        requireServed(reply);
        return reply;
    }

    /** What every request to {@code path} says; a new map. */
    protected Map<String, String> headers(String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json, text/plain;q=0.9, */*;q=0.5");
        headers.put("Authorization", scheme() + " " + token.reveal());
        return headers;
    }

    /** The word before the token, of RFC 6750 where the service has none of its own. */
    protected String scheme() {
        return "Bearer";
    }

    /** Refuses a reply by which the service asks to be asked again later. */
    protected void requireServed(HttpReply reply) throws ServiceBusyException {
        if (reply.status() == 429 || reply.status() >= 500) {
            Duration wait = reply.retryAfter(http.serverTime()).orElse(Duration.ZERO);
            throw new ServiceBusyException("answered with status " + reply.status(), wait, null);
        }
    }

    /** An exchange that may be tried again. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws ServiceBusyException, WorkFailedException, InterruptedException;
    }

    /** Repeats {@code attempt} until it gives a result or the time is over; {@code what} completes "could not …". */
    public final <T> T retry(String what, Attempt<T> attempt) throws WorkFailedException, InterruptedException {
        try {
            return repeat(timeouts().untilTotal(), attempt);
        } catch (ServiceBusyException e) {
            throw givenUp(what, e);
        }
    }

    /** Repeats {@code attempt} a few times and then fails as it did, for what the user waits to see the end of. */
    public final <T> T attempt(Attempt<T> attempt)
            throws ServiceBusyException, WorkFailedException, InterruptedException {
        return repeat(timeouts().aFew(timeouts().total()), attempt);
    }

    private <T> T repeat(RetryPolicy policy, Attempt<T> attempt)
            throws ServiceBusyException, WorkFailedException, InterruptedException {
        RetryPolicy.Retries retries = http.settings().begin(policy);
        while (true) {
            try {
                return attempt.run();
            } catch (ServiceBusyException e) {
                if (http.isShortened() || !retries.again(e.retryAfter(), pause -> {})) {
                    throw e;
                }
            }
        }
    }

    /** The failure of a question that was repeated until the time was over. */
    public final WorkFailedException givenUp(String what, ServiceBusyException cause) {
        String within =
                http.isShortened() ? "" : " within " + timeouts().total().toSeconds() + " s";
        return new WorkFailedException(
                "Could not " + what + " at " + base + within + ": it " + cause.getMessage()
                        + ". Try again later; whether " + service + " has trouble is told at " + statusPage + ".",
                cause);
    }
}

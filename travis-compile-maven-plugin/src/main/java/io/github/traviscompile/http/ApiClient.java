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
 * Authenticated requests to the API of one service; a subclass adds the service's own rules. One thread uses it at a
 * time, except for {@link #shortenTimeouts}.
 */
public class ApiClient {

    private static final byte[] NO_BODY = {};

    private final String service;
    private final URI base;
    private final URI statusPage;
    private final Secret token;
    private final HttpCaller http;

    /**
     * Sends no request yet.
     *
     * @param service its name in messages
     * @param base the prefix of all paths, without a slash at its end
     * @param statusPage the service's page on its own failures
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

    /** Limits each further request to the time that a user waits after Ctrl-C; from any thread. */
    public final void shortenTimeouts() {
        http.shortenTimeouts();
    }

    /** Makes one attempt to read {@code path}, which begins with a slash. */
    public final HttpReply get(String path) throws ServiceBusyException, InterruptedException {
        return send("GET", path, headers(path), NO_BODY);
    }

    /** Makes one attempt to post {@code json} to {@code path}. */
    public final HttpReply post(String path, String json) throws ServiceBusyException, InterruptedException {
        Map<String, String> headers = headers(path);
        headers.put("Content-Type", "application/json");
        return send("POST", path, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes one attempt to post an empty body to {@code path}. */
    public HttpReply post(String path) throws ServiceBusyException, WorkFailedException, InterruptedException {
        return send("POST", path, headers(path), NO_BODY);
    }

    /** Makes one attempt to delete {@code path}. */
    public final HttpReply delete(String path) throws ServiceBusyException, InterruptedException {
        return send("DELETE", path, headers(path), NO_BODY);
    }

    private HttpReply send(String method, String path, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        return send(method, URI.create(base + path), path, headers, body);
    }

    /**
     * Makes one attempt to read {@code address} on any host, without the token.
     *
     * @param path the reply's path in messages, since an address may be a secret
     */
    public final HttpReply getWithoutToken(URI address, String path) throws ServiceBusyException, InterruptedException {
        return send("GET", address, path, Map.of(), NO_BODY);
    }

    /** Makes one attempt at any request; messages show {@code path} instead of the address. */
    protected final HttpReply send(String method, URI address, String path, Map<String, String> headers, byte[] body)
            throws ServiceBusyException, InterruptedException {
        HttpReply plain = http.exchange(method, address, headers, body, http.limit());
        HttpReply reply = new HttpReply(service, path, plain.status(), plain.headers(), plain.body());
        requireServed(reply);
        return reply;
    }

    /** Returns the headers of every request to {@code path}, as a new map. */
    protected Map<String, String> headers(String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json, text/plain;q=0.9, */*;q=0.5");
        headers.put("Authorization", scheme() + " " + token.reveal());
        return headers;
    }

    /** Returns the authentication scheme: RFC 6750's, unless the service has its own. */
    protected String scheme() {
        return "Bearer";
    }

    /** Refuses a reply by which the service asks for a later request. */
    protected void requireServed(HttpReply reply) throws ServiceBusyException {
        if (reply.status() == 429 || reply.status() >= 500) {
            Duration wait = reply.retryAfter(http.serverTime()).orElse(Duration.ZERO);
            throw new ServiceBusyException("answered with status " + reply.status(), wait, null);
        }
    }

    /** A repeatable exchange. */
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

    /** Makes a few attempts and then throws the last failure, for requests that a user waits for. */
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

    /** Returns the failure of a request that was repeated until the time was over. */
    public final WorkFailedException givenUp(String what, ServiceBusyException cause) {
        String within =
                http.isShortened() ? "" : " within " + timeouts().total().toSeconds() + " s";
        return new WorkFailedException(
                "Could not " + what + " at " + base + within + ": it " + cause.getMessage()
                        + ". Try again later; whether " + service + " has trouble is told at " + statusPage + ".",
                cause);
    }
}

package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/** An answer of the protocol. All but {@link #refuse} are signed. */
record Response(int status, String body) {

    static final Response STORED = new Response(200, "");
    static final Response CONTRADICTION = new Response(400, "");
    static final Response SUPERSEDED = new Response(404, "");
    static final Response CONFLICT = new Response(409, "conflict");
    static final Response RUN_OVER = new Response(410, "");
    static final Response OVER_CAP = new Response(413, "");
    static final Response WRONG_DIGEST = new Response(422, "");
    static final Response BUSY = new Response(503, "");
    static final Response NO_ROOM = new Response(507, "");

    /** The status of the only unsigned answer. */
    static final int UNAUTHENTICATED = 401;

    private static final String RETRY_AFTER_SECONDS = "1";

    static Response resume(String upload, long offset) {
        return new Response(201, upload + " " + offset);
    }

    static Response otherOffset(long offset) {
        return new Response(409, Long.toString(offset));
    }

    /** Sends this answer, bound to the request by its nonce. */
    void send(HttpServerExchange exchange, LegSecrets secrets, String nonce) {
        byte[] bytes = body.getBytes(US_ASCII);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(SignedRequest.MAC, secrets.responseMac(status, nonce, bytes));
        if (equals(BUSY)) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        exchange.setResponseContentLength(bytes.length);
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
    }

    /** Sends the one answer to unauthenticated requests. The body stays unread. */
    static void refuse(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(UNAUTHENTICATED);
        exchange.setResponseContentLength(0);
        // Sent before the exchange ends, because ending it first fails for chunked bodies.
        exchange.getResponseSender().send("");
    }
}

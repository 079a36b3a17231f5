package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/** An answer of the protocol. All but {@link #refuse} are signed. */
record Answer(int status, String body) {

    static final Answer STORED = new Answer(200, "");
    static final Answer CONTRADICTION = new Answer(400, "");
    static final Answer SUPERSEDED = new Answer(404, "");
    static final Answer CONFLICT = new Answer(409, "conflict");
    static final Answer RUN_OVER = new Answer(410, "");
    static final Answer OVER_CAP = new Answer(413, "");
    static final Answer WRONG_DIGEST = new Answer(422, "");
    static final Answer BUSY = new Answer(503, "");
    static final Answer NO_ROOM = new Answer(507, "");

    /** Of the one answer that is not signed. */
    static final int UNAUTHENTICATED = 401;

    private static final String RETRY_AFTER_SECONDS = "1";

    static Answer goOn(String upload, long offset) {
        return new Answer(201, upload + " " + offset);
    }

    static Answer otherOffset(long offset) {
        return new Answer(409, Long.toString(offset));
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

    /** The one answer to whoever did not prove who they are. Whatever body there is stays unread. */
    static void refuse(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(UNAUTHENTICATED);
        exchange.setResponseContentLength(0);
        // Sent before the exchange ends: ending it first fails where the body is chunked.
        exchange.getResponseSender().send("");
    }
}

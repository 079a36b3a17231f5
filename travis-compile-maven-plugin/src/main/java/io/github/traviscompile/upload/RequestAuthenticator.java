package io.github.traviscompile.upload;

import io.github.traviscompile.model.RunId;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.AttachmentKey;
import java.util.Map;
import java.util.Optional;

/**
 * Passes genuine requests on and refuses all others alike, before a byte of a body is read. Everything here is cheap
 * and runs in the IO thread.
 *
 * <p>Undertow itself rejects what is not HTTP (400, and the connection ends). It hides an empty query at the end of a
 * target, and the number of an unknown HTTP version. Both are harmless.
 */
final class RequestAuthenticator implements HttpHandler {

    /** A request that its leg has signed. */
    record Admitted(SignedRequest request, LegSession session, LegSecrets secrets) {

        void answer(HttpServerExchange exchange, Response answer) {
            answer.send(exchange, secrets, request.nonce());
        }
    }

    static final AttachmentKey<Admitted> ADMITTED = AttachmentKey.create(Admitted.class);

    private static final int CIPHER_BLOCK = 16;
    private static final int MAX_BEGIN_BYTES = 4 << 10;
    private static final int MAX_EVENT_BYTES = 16 << 10;

    private final RunId run;
    private final Map<String, LegSession> sessions;
    private final int chunkBytes;
    private final HttpHandler next;
    private final HandshakeHandler handshakes;
    private final HttpHandler handshakeEntry;
    private volatile boolean closed;

    RequestAuthenticator(
            RunId run,
            Map<String, LegSession> sessions,
            int chunkBytes,
            HttpHandler next,
            HandshakeHandler handshakes) {
        this.run = run;
        this.sessions = Map.copyOf(sessions);
        this.chunkBytes = chunkBytes;
        this.next = next;
        this.handshakes = handshakes;
        this.handshakeEntry = new HttpContinueReadHandler(handshakes);
    }

    /** Makes all later genuine requests get the answer that the run is over. */
    void close() {
        closed = true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Optional<SignedRequest> request = SignedRequest.read(exchange);
        if (request.filter(read -> isAcceptedHandshake(exchange, read)).isPresent()) {
            handshakeEntry.handleRequest(exchange);
            return;
        }
        Admitted admitted = request.flatMap(this::admit).orElse(null);
        if (admitted == null) {
            Response.refuse(exchange);
        } else if (closed) {
            decline(exchange, admitted, Response.RUN_OVER);
        } else if (admitted.session().nonces().isFull()) {
            decline(exchange, admitted, Response.OVER_CAP);
        } else {
            exchange.putAttachment(ADMITTED, admitted);
            next.handleRequest(exchange);
        }
    }

    /** Answers a genuine request and leaves its body unread. */
    static void decline(HttpServerExchange exchange, Admitted admitted, Response answer) {
        exchange.setPersistent(false);
        admitted.answer(exchange, answer);
    }

    /**
     * Whether this is a handshake and was accepted. It is the only request whose body is read before its MAC can be
     * checked.
     */
    private boolean isAcceptedHandshake(HttpServerExchange exchange, SignedRequest request) {
        LegSession session = sessions.get(request.target().leg());
        return !closed
                && request.target() instanceof RequestTarget.Hello
                && session != null
                && request.target().run().equals(run.hex())
                && request.length() > 0
                && request.length() <= HandshakeHandler.MAX_BYTES
                && handshakes.accept(exchange, request, session);
    }

    private Optional<Admitted> admit(SignedRequest request) {
        LegSession session = sessions.get(request.target().leg());
        if (session == null
                || request.target() instanceof RequestTarget.Hello
                || !request.target().run().equals(run.hex())
                || !session.hasOutputOf(request.target())
                || !isLengthAllowed(request)) {
            return Optional.empty();
        }
        return session.secrets().filter(request::isGenuine).map(secrets -> new Admitted(request, session, secrets));
    }

    private boolean isLengthAllowed(SignedRequest request) {
        RequestTarget target = request.target();
        if (target instanceof RequestTarget.Event) {
            return isCiphertextOf(request.length(), MAX_EVENT_BYTES);
        } else if (target instanceof RequestTarget.Chunk || target instanceof RequestTarget.Probe) {
            return isCiphertextOf(request.length(), chunkBytes);
        }
        return request.length() <= (target instanceof RequestTarget.Begin ? MAX_BEGIN_BYTES : 0);
    }

    /** PKCS #7 pads to the next multiple of the block size; a whole number of blocks gets one more. */
    private static boolean isCiphertextOf(long length, int maxPlainBytes) {
        return length > 0
                && length % CIPHER_BLOCK == 0
                && length <= (maxPlainBytes / CIPHER_BLOCK + 1) * (long) CIPHER_BLOCK;
    }
}

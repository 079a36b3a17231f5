package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.traviscompile.model.Sha256;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * Accepts the keys of legs that make their key themselves. Any client may send a handshake, so the work for each is
 * small, and concurrency and rate are limited. All rejected requests get the same refusal. A later handshake with
 * another key replaces the leg's key, as when the user restarts a job. On the wire a handshake is called {@code hello}.
 */
final class HandshakeHandler implements HttpHandler {

    /** The most bytes of plain text in a handshake; a GitHub token has about 2 KiB. */
    static final int MAX_BYTES = 16 << 10;

    /** Half of the threads that serve legs. */
    private static final int CONCURRENT = 8;

    private static final int PER_SECOND = 8;
    private static final int BURST = 64;

    private static final Pattern FORM =
            Pattern.compile("wrapped=([A-Za-z0-9+/]{4,2048}={0,2})\ntoken=([A-Za-z0-9_.-]{1,14000})\n");

    /** A handshake with well-formed headers. */
    private record PendingHandshake(SignedRequest request, LegSession session) {}

    private static final AttachmentKey<PendingHandshake> PENDING = AttachmentKey.create(PendingHandshake.class);

    private final Body body;
    private final Optional<Handshake> handshake;
    private final LongSupplier nanoClock;
    private final Semaphore slots = new Semaphore(CONCURRENT);
    private double permits = BURST;
    private @Nullable Long lastRefill;

    HandshakeHandler(Body body, Optional<Handshake> handshake, LongSupplier nanoClock) {
        this.body = body;
        this.handshake = handshake;
        this.nanoClock = nanoClock;
    }

    /** Accepts the request if handshakes are possible for this leg and a slot is free now. */
    boolean accept(HttpServerExchange exchange, SignedRequest request, LegSession session) {
        if (handshake.isEmpty() || !session.makesOwnKey() || !isAllowed() || !slots.tryAcquire()) {
            return false;
        }
        exchange.putAttachment(PENDING, new PendingHandshake(request, session));
        exchange.addExchangeCompleteListener((ended, next) -> {
            slots.release();
            next.proceed();
        });
        return true;
    }

    private synchronized boolean isAllowed() {
        long now = nanoClock.getAsLong();
        double seconds = lastRefill == null ? 0 : (now - lastRefill) / (double) TimeUnit.SECONDS.toNanos(1);
        lastRefill = now;
        permits = Math.min(BURST, permits + seconds * PER_SECOND);
        if (permits < 1) {
            return false;
        }
        permits--;
        return true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        PendingHandshake pending = exchange.getAttachment(PENDING);
        try {
            Optional<LegSecrets> secrets = authenticate(exchange, pending);
            if (secrets.isEmpty()) {
                Response.refuse(exchange);
            } else {
                Response.STORED.send(exchange, secrets.get(), pending.request().nonce());
            }
        } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
        } catch (InterruptedException e) {
            // The server is closing.
            Thread.currentThread().interrupt();
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    /** Checks in order of cost: syntax, token, the leg's key, and the signature by that key. */
    private Optional<LegSecrets> authenticate(HttpServerExchange exchange, PendingHandshake pending)
            throws IOException, InterruptedException {
        SignedRequest request = pending.request();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (!body.read(exchange, request, (bytes, n) -> content.write(bytes, 0, n))) {
            return Optional.empty();
        }
        Matcher fields = FORM.matcher(content.toString(ISO_8859_1));
        Handshake expected = handshake.orElseThrow();
        String leg = pending.session().leg();
        if (!fields.matches()
                || expected.verifier()
                        .objection(leg, fields.group(2), audience(request, fields.group(1)))
                        .isPresent()) {
            return Optional.empty();
        }
        Optional<LegSecrets> secrets = unwrapped(fields.group(1)).filter(request::isGenuine);
        if (secrets.isEmpty() || !pending.session().nonces().isNew(request.nonce())) {
            return Optional.empty();
        }
        pending.session().setSecrets(secrets.get());
        return secrets;
    }

    /** Returns the audience that the token must have; it binds the token to this one message. */
    private static String audience(SignedRequest request, String wrapped) {
        String rest = String.join("\n", "tcmp1-hello", request.rawTarget(), request.nonce(), wrapped);
        return "tcmp1." + Sha256.of(rest.getBytes(ISO_8859_1));
    }

    private Optional<LegSecrets> unwrapped(String wrapped) {
        try {
            return handshake
                    .orElseThrow()
                    .key()
                    .unwrap(Base64.getDecoder().decode(wrapped))
                    .map(LegSecrets::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

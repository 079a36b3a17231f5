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
 * Lets in legs that make their key themselves. Anybody may say hello, so that little is done for each, for few at once,
 * and for few in a second; whoever is not believed gets the one refusal. A leg that says hello with another key, as a job
 * does that a person started again, takes the place of the one before.
 */
final class HandshakeHandler implements HttpHandler {

    /** The plain text of a hello; a token of GitHub's has some 2 KiB. */
    static final int MAX_BYTES = 16 << 10;

    /** So many are read, or judged, at once: half of the threads that serve legs. */
    private static final int AT_ONCE = 8;

    private static final int PER_SECOND = 8;
    private static final int BURST = 64;

    private static final Pattern FORM =
            Pattern.compile("wrapped=([A-Za-z0-9+/]{4,2048}={0,2})\ntoken=([A-Za-z0-9_.-]{1,14000})\n");

    /** A hello whose head is well formed. */
    private record Greeting(SignedRequest request, LegSession session) {}

    private static final AttachmentKey<Greeting> GREETING = AttachmentKey.create(Greeting.class);

    private final Body body;
    private final Optional<Handshake> hellos;
    private final LongSupplier nanoClock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private double allowance = BURST;
    private @Nullable Long counted;

    HandshakeHandler(Body body, Optional<Handshake> hellos, LongSupplier nanoClock) {
        this.body = body;
        this.hellos = hellos;
        this.nanoClock = nanoClock;
    }

    /** Takes the request over if there is a place for it now. */
    boolean takes(HttpServerExchange exchange, SignedRequest request, LegSession session) {
        if (hellos.isEmpty() || !session.saysHello() || !isAllowed() || !places.tryAcquire()) {
            return false;
        }
        exchange.putAttachment(GREETING, new Greeting(request, session));
        exchange.addExchangeCompleteListener((ended, next) -> {
            places.release();
            next.proceed();
        });
        return true;
    }

    private synchronized boolean isAllowed() {
        long now = nanoClock.getAsLong();
        double seconds = counted == null ? 0 : (now - counted) / (double) TimeUnit.SECONDS.toNanos(1);
        counted = now;
        allowance = Math.min(BURST, allowance + seconds * PER_SECOND);
        if (allowance < 1) {
            return false;
        }
        allowance--;
        return true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        Greeting greeting = exchange.getAttachment(GREETING);
        try {
            Optional<LegSecrets> secrets = believe(exchange, greeting);
            if (secrets.isEmpty()) {
                Response.refuse(exchange);
            } else {
                Response.STORED.send(exchange, secrets.get(), greeting.request().nonce());
            }
        } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
        } catch (InterruptedException e) {
            // The server is about to end.
            Thread.currentThread().interrupt();
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    /** Cheap before dear: form, token, the leg's key, and only then what it signed. */
    private Optional<LegSecrets> believe(HttpServerExchange exchange, Greeting greeting)
            throws IOException, InterruptedException {
        SignedRequest request = greeting.request();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (!body.read(exchange, request, (bytes, n) -> content.write(bytes, 0, n))) {
            return Optional.empty();
        }
        Matcher said = FORM.matcher(content.toString(ISO_8859_1));
        Handshake with = hellos.orElseThrow();
        String leg = greeting.session().leg();
        if (!said.matches()
                || with.judge()
                        .objection(leg, said.group(2), audience(request, said.group(1)))
                        .isPresent()) {
            return Optional.empty();
        }
        Optional<LegSecrets> secrets = unwrapped(said.group(1)).filter(request::isGenuine);
        if (secrets.isEmpty() || !greeting.session().nonces().isNew(request.nonce())) {
            return Optional.empty();
        }
        greeting.session().introduce(secrets.get());
        return secrets;
    }

    /** What the token must be meant for, so that it is good for this message and for no other. */
    private static String audience(SignedRequest request, String wrapped) {
        String rest = String.join("\n", "tcmp1-hello", request.rawTarget(), request.nonce(), wrapped);
        return "tcmp1." + Sha256.of(rest.getBytes(ISO_8859_1));
    }

    private Optional<LegSecrets> unwrapped(String wrapped) {
        try {
            return hellos.orElseThrow()
                    .key()
                    .unwrap(Base64.getDecoder().decode(wrapped))
                    .map(LegSecrets::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

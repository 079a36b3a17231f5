package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.model.Sha256;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import org.xnio.IoUtils;

/** Works on genuine requests, in worker threads: body, digest, nonce, state, in this order. */
final class Desk implements HttpHandler {

    /** A request that is over before it reaches the state of anything. */
    private static final class Refusal extends Exception {

        private final Answer answer;

        Refusal(Answer answer) {
            super("The answer is " + answer.status() + ".", null, false, false);
            this.answer = answer;
        }
    }

    private static final Answer REPLAYED = new Answer(Answer.UNAUTHENTICATED, "");

    private final Body body;
    private final int chunkBytes;
    private final Consumer<UploadEvent> listener;

    Desk(Body body, int chunkBytes, Consumer<UploadEvent> listener) {
        this.body = body;
        this.chunkBytes = chunkBytes;
        this.listener = listener;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (exchange.isInIoThread()) {
            exchange.dispatch(this);
            return;
        }
        Gate.Admitted admitted = exchange.getAttachment(Gate.ADMITTED);
        try {
            admitted.answer(exchange, answer(exchange, admitted));
        } catch (Refusal refusal) {
            if (refusal.answer.equals(REPLAYED)) {
                Answer.refuse(exchange);
            } else {
                Gate.decline(exchange, admitted, refusal.answer);
            }
        } catch (IOException e) {
            // The leg is gone or too slow: there is nobody to answer, and it will try again.
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private Answer answer(HttpServerExchange exchange, Gate.Admitted admitted) throws IOException, Refusal {
        Target target = admitted.request().target();
        if (target instanceof Target.Probe) {
            read(exchange, admitted, (bytes, n) -> {});
            return Answer.STORED;
        }
        if (!(target instanceof Target.OfOutput ofOutput)) {
            return event(exchange, admitted);
        }
        Delivery delivery = admitted.session().delivery(ofOutput);
        if (!delivery.lock().tryLock()) {
            throw new Refusal(Answer.BUSY);
        }
        try {
            if (target instanceof Target.Chunk chunk) {
                return chunk(exchange, admitted, delivery, chunk);
            } else if (target instanceof Target.Commit commit) {
                readAll(exchange, admitted);
                return delivery.commit(commit.upload());
            }
            return begin(exchange, admitted, delivery);
        } catch (StorageException e) {
            return delivery.noRoom(e);
        } finally {
            delivery.lock().unlock();
        }
    }

    private Answer event(HttpServerExchange exchange, Gate.Admitted admitted) throws IOException, Refusal {
        byte[] content = readAll(exchange, admitted);
        LegSession session = admitted.session();
        try {
            byte[] plain =
                    admitted.secrets().eventCipher(admitted.request().nonce()).doFinal(content);
            Optional<UploadEvent.Progress> progress = ProgressBody.parse(session.leg(), plain);
            progress.ifPresent(listener);
            return progress.isPresent() ? Answer.STORED : Answer.CONTRADICTION;
        } catch (GeneralSecurityException e) {
            // Signed by the leg, yet not encrypted as agreed.
            return Answer.CONTRADICTION;
        }
    }

    private Answer begin(HttpServerExchange exchange, Gate.Admitted admitted, Delivery delivery)
            throws IOException, Refusal, StorageException {
        String content = new String(readAll(exchange, admitted), UTF_8);
        SignedRequest request = admitted.request();
        var details = FieldLines.parse(content.lines().toList());
        return details.isEmpty()
                ? Answer.CONTRADICTION
                : delivery.begin(Long.parseLong(request.size()), new Sha256(request.sha256()), details.get());
    }

    private Answer chunk(HttpServerExchange exchange, Gate.Admitted admitted, Delivery delivery, Target.Chunk target)
            throws IOException, Refusal, StorageException {
        Cipher cipher = admitted.secrets().chunkCipher(target);
        Optional<Upload.Chunk> chunk = delivery.place(target, cipher, chunkBytes);
        read(exchange, admitted, chunk.<Body.Sink>map(c -> c).orElse((bytes, n) -> {}));
        return chunk.isPresent() ? delivery.store(chunk.get()) : delivery.misplaced(target.upload());
    }

    /** A body that the gate found to be small. */
    private byte[] readAll(HttpServerExchange exchange, Gate.Admitted admitted) throws IOException, Refusal {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        read(exchange, admitted, (bytes, n) -> content.write(bytes, 0, n));
        return content.toByteArray();
    }

    /** Reads the body, requires the digest that was signed, and spends the nonce. */
    private void read(HttpServerExchange exchange, Gate.Admitted admitted, Body.Sink sink) throws IOException, Refusal {
        if (!body.read(exchange, admitted.request(), sink)) {
            throw new Refusal(Answer.CONTRADICTION);
        }
        if (!admitted.session().nonces().isNew(admitted.request().nonce())) {
            throw new Refusal(REPLAYED);
        }
    }
}

package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.platform.Sha256;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xnio.IoUtils;

/** Works on genuine requests, in worker threads: body, digest, nonce, state, in this order. */
final class Desk implements HttpHandler {

    private static final Answer REPLAYED = new Answer(401, "");

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
            Answer answer = answer(exchange, admitted);
            if (answer.equals(REPLAYED)) {
                Answer.refuse(exchange);
            } else if (answer.equals(Answer.BUSY)) {
                Gate.decline(exchange, admitted, answer);
            } else {
                admitted.answer(exchange, answer);
            }
        } catch (IOException e) {
            // The leg is gone or too slow: there is nobody to answer, and it will try again.
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private Answer answer(HttpServerExchange exchange, Gate.Admitted admitted) throws IOException {
        Target target = admitted.request().target();
        if (!(target instanceof Target.OfOutput ofOutput)) {
            return event(exchange, admitted);
        }
        Delivery delivery = admitted.session().delivery(ofOutput);
        if (!delivery.lock().tryLock()) {
            return Answer.BUSY;
        }
        try {
            return answer(exchange, admitted, delivery);
        } catch (StorageException e) {
            return delivery.noRoom(e);
        } finally {
            delivery.lock().unlock();
        }
    }

    private Answer answer(HttpServerExchange exchange, Gate.Admitted admitted, Delivery delivery)
            throws IOException, StorageException {
        Target target = admitted.request().target();
        if (target instanceof Target.Chunk chunk) {
            return chunk(exchange, admitted, delivery, chunk);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Optional<Answer> refusal = read(exchange, admitted, (bytes, n) -> content.write(bytes, 0, n));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return target instanceof Target.Commit commit
                ? delivery.commit(commit.upload())
                : begin(admitted.request(), content.toString(UTF_8), delivery);
    }

    private Answer event(HttpServerExchange exchange, Gate.Admitted admitted) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Optional<Answer> refusal = read(exchange, admitted, (bytes, n) -> content.write(bytes, 0, n));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        LegSession session = admitted.session();
        try {
            byte[] plain =
                    session.secrets().eventCipher(admitted.request().nonce()).doFinal(content.toByteArray());
            Optional<UploadEvent.Progress> progress = ProgressBody.parse(session.leg(), plain);
            progress.ifPresent(listener);
            return progress.isPresent() ? Answer.STORED : Answer.CONTRADICTION;
        } catch (GeneralSecurityException e) {
            // Signed by the leg, yet not encrypted as agreed.
            return Answer.CONTRADICTION;
        }
    }

    private static Answer begin(SignedRequest request, String content, Delivery delivery) throws StorageException {
        List<String> lines = content.isEmpty() ? List.of() : List.of(content.split("\n"));
        var details = FieldLines.parse(lines);
        return details.isEmpty()
                ? Answer.CONTRADICTION
                : delivery.begin(Long.parseLong(request.size()), new Sha256(request.sha256()), details.get());
    }

    private Answer chunk(HttpServerExchange exchange, Gate.Admitted admitted, Delivery delivery, Target.Chunk target)
            throws IOException, StorageException {
        var cipher = admitted.session().secrets().chunkCipher(target);
        Optional<Upload.Chunk> chunk = delivery.place(target, cipher, chunkBytes);
        Optional<Answer> refusal =
                read(exchange, admitted, chunk.<Body.Sink>map(c -> c).orElse((bytes, n) -> {}));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return chunk.isPresent() ? delivery.store(chunk.get()) : delivery.misplaced(target.upload());
    }

    /** Reads the body and spends the nonce; has an answer if that is the end of it. */
    private Optional<Answer> read(HttpServerExchange exchange, Gate.Admitted admitted, Body.Sink sink)
            throws IOException {
        if (!body.read(exchange, admitted.request(), sink)) {
            return Optional.of(Answer.CONTRADICTION);
        }
        return admitted.session().nonces().isNew(admitted.request().nonce()) ? Optional.empty() : Optional.of(REPLAYED);
    }
}

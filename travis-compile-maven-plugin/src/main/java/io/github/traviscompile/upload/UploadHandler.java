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

/** Serves genuine requests in worker threads. Checks body, digest, nonce and state, in this order. */
final class UploadHandler implements HttpHandler {

    /** A request that ends before it can change any state. */
    private static final class RejectedRequest extends Exception {

        private final Response answer;

        RejectedRequest(Response answer) {
            super("The answer is " + answer.status() + ".", null, false, false);
            this.answer = answer;
        }
    }

    private static final Response REPLAYED = new Response(Response.UNAUTHENTICATED, "");

    private final Body body;
    private final int chunkBytes;
    private final Consumer<UploadEvent> listener;

    UploadHandler(Body body, int chunkBytes, Consumer<UploadEvent> listener) {
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
        RequestAuthenticator.Admitted admitted = exchange.getAttachment(RequestAuthenticator.ADMITTED);
        try {
            admitted.answer(exchange, answer(exchange, admitted));
        } catch (RejectedRequest refusal) {
            if (refusal.answer.equals(REPLAYED)) {
                Response.refuse(exchange);
            } else {
                RequestAuthenticator.decline(exchange, admitted, refusal.answer);
            }
        } catch (IOException e) {
            // The leg is gone or too slow: an answer would be lost, and the leg will retry.
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private Response answer(HttpServerExchange exchange, RequestAuthenticator.Admitted admitted)
            throws IOException, RejectedRequest {
        RequestTarget target = admitted.request().target();
        if (target instanceof RequestTarget.Probe) {
            read(exchange, admitted, (bytes, n) -> {});
            return Response.STORED;
        }
        if (!(target instanceof RequestTarget.OfOutput ofOutput)) {
            return event(exchange, admitted);
        }
        OutputTransfer transfer = admitted.session().transfer(ofOutput);
        if (!transfer.lock().tryLock()) {
            throw new RejectedRequest(Response.BUSY);
        }
        try {
            if (target instanceof RequestTarget.Chunk chunk) {
                return chunk(exchange, admitted, transfer, chunk);
            } else if (target instanceof RequestTarget.Commit commit) {
                readAll(exchange, admitted);
                return transfer.commit(commit.upload());
            }
            return begin(exchange, admitted, transfer);
        } catch (StorageException e) {
            return transfer.noRoom(e);
        } finally {
            transfer.lock().unlock();
        }
    }

    private Response event(HttpServerExchange exchange, RequestAuthenticator.Admitted admitted)
            throws IOException, RejectedRequest {
        byte[] content = readAll(exchange, admitted);
        LegSession session = admitted.session();
        try {
            byte[] plain =
                    admitted.secrets().eventCipher(admitted.request().nonce()).doFinal(content);
            Optional<UploadEvent.LegReport> progress = LegReportParser.parse(session.leg(), plain);
            progress.ifPresent(listener);
            return progress.isPresent() ? Response.STORED : Response.CONTRADICTION;
        } catch (GeneralSecurityException e) {
            // Signed by the leg, yet not encrypted as agreed.
            return Response.CONTRADICTION;
        }
    }

    private Response begin(HttpServerExchange exchange, RequestAuthenticator.Admitted admitted, OutputTransfer transfer)
            throws IOException, RejectedRequest, StorageException {
        String content = new String(readAll(exchange, admitted), UTF_8);
        SignedRequest request = admitted.request();
        var details = FieldLines.parse(content.lines().toList());
        return details.isEmpty()
                ? Response.CONTRADICTION
                : transfer.begin(Long.parseLong(request.size()), new Sha256(request.sha256()), details.get());
    }

    private Response chunk(
            HttpServerExchange exchange,
            RequestAuthenticator.Admitted admitted,
            OutputTransfer transfer,
            RequestTarget.Chunk target)
            throws IOException, RejectedRequest, StorageException {
        Cipher cipher = admitted.secrets().chunkCipher(target);
        Optional<Upload.Chunk> chunk = transfer.place(target, cipher, chunkBytes);
        read(exchange, admitted, chunk.<Body.Sink>map(c -> c).orElse((bytes, n) -> {}));
        return chunk.isPresent() ? transfer.store(chunk.get()) : transfer.otherPlace(target.upload());
    }

    /** Reads a body whose small size {@link RequestAuthenticator} has checked. */
    private byte[] readAll(HttpServerExchange exchange, RequestAuthenticator.Admitted admitted)
            throws IOException, RejectedRequest {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        read(exchange, admitted, (bytes, n) -> content.write(bytes, 0, n));
        return content.toByteArray();
    }

    /** Reads the body, requires the signed digest, and records the nonce. */
    private void read(HttpServerExchange exchange, RequestAuthenticator.Admitted admitted, Body.Sink sink)
            throws IOException, RejectedRequest {
        if (!body.read(exchange, admitted.request(), sink)) {
            throw new RejectedRequest(Response.CONTRADICTION);
        }
        if (!admitted.session().nonces().isNew(admitted.request().nonce())) {
            throw new RejectedRequest(REPLAYED);
        }
    }
}

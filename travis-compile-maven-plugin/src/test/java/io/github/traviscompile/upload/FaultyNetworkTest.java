package io.github.traviscompile.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.upload.LegClient.Request;
import io.github.traviscompile.upload.LegClient.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half of all exchanges fail, in either direction; every file arrives unaltered and exactly once. */
@Timeout(600)
class FaultyNetworkTest {

    private static final int UPLOADS = Integer.getInteger("upload.faulty", 40);
    private static final int CHUNK = 20_000;
    private static final int MAX_EXCHANGES = 1000;

    @TempDir
    Path directory;

    private final Random random = new Random(42);
    private int exchanges;

    @Test
    void filesSurviveIt() throws Exception {
        for (int upload = 0; upload < UPLOADS; upload++) {
            byte[] file = new byte[random.nextInt(5 * CHUNK)];
            random.nextBytes(file);
            Path storage = directory.resolve("run" + upload);
            try (Endpoint endpoint = new Endpoint(storage)) {
                deliver(endpoint.leg(), file);

                assertThat(storage.resolve("received/linux-x86_64/Demo")).hasBinaryContent(file);
                assertThat(endpoint.events(UploadEvent.Committed.class)).hasSize(1);
                assertThat(endpoint.events(UploadEvent.Conflict.class)).isEmpty();
            }
        }
        assertThat(exchanges).as("the faults did something").isGreaterThan(UPLOADS * 6);
    }

    /** The leg's side of the protocol's table of answers. */
    private void deliver(LegClient leg, byte[] file) throws IOException {
        while (true) {
            Response begun = sendUntilAnswered(leg, () -> leg.begin(Endpoint.BIN, file));
            if (begun.status() == 200) {
                return;
            }
            assertThat(begun.status()).isEqualTo(201);
            String upload = begun.body().substring(0, 16);
            int offset = Integer.parseInt(begun.body().substring(17));
            while (offset < file.length) {
                int at = offset;
                byte[] part = Arrays.copyOfRange(file, at, Math.min(at + CHUNK, file.length));
                Response answer = sendUntilAnswered(leg, () -> leg.chunk(Endpoint.BIN, upload, at, part));
                assertThat(answer.status()).isIn(200, 409);
                offset = answer.status() == 200 ? at + part.length : Integer.parseInt(answer.body());
            }
            if (sendUntilAnswered(leg, () -> leg.commit(Endpoint.BIN, upload)).status() == 200) {
                return;
            }
        }
    }

    /** Retries until a genuine answer does not ask for a retry. */
    private Response sendUntilAnswered(LegClient leg, Supplier<Request> fresh) throws IOException {
        for (int i = 0; i < MAX_EXCHANGES; i++) {
            exchanges++;
            Optional<Response> response = attempt(leg, fresh.get());
            if (response.isPresent()
                    && response.get().status() != 503
                    && response.get().status() != 400) {
                return response.get();
            }
        }
        throw new AssertionError("No answer in " + MAX_EXCHANGES + " exchanges.");
    }

    private Optional<Response> attempt(LegClient leg, Request request) throws IOException {
        byte[] bytes = request.bytes();
        int fault = random.nextInt(8);
        try (Socket socket = leg.connect()) {
            if (fault == 0) {
                socket.getOutputStream().write(bytes, 0, random.nextInt(bytes.length));
                return Optional.empty();
            }
            if (fault == 1) {
                int at = random.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                LegClient.readToEnd(socket);
                return Optional.empty();
            }
            socket.getOutputStream().write(bytes);
            if (fault == 2) {
                return Optional.empty();
            }
            Response response = LegClient.receive(socket);
            if (fault == 3 && response.status() != 503) {
                // The answer is lost, and a proxy sends the request again.
                assertThat(leg.exchange(bytes)).matches(RequestAuthenticatorTest.REFUSAL + "|HTTP/1.1 503 (?s:.*)");
                return Optional.empty();
            }
            request.requireGenuine(response);
            return Optional.of(response);
        }
    }
}

package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.upload.LegClient.Request;
import io.github.traviscompile.upload.LegClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests slow, idle, many and closing connections. */
class ServerLifeTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path directory;

    @Test
    void bodyThatComesTooSlowlyIsCutOffAndItsWorkerFreed() throws Exception {
        UploadLimits oneWorker = limits(1, 1, 64, Duration.ofSeconds(15));
        try (Endpoint endpoint = new Endpoint(directory, 1L << 40, oneWorker, Endpoint.CAP)) {
            LegClient leg = endpoint.leg();
            byte[] event = leg.event("phase=started").bytes();
            try (Socket slow = leg.connect()) {
                slow.getOutputStream().write(event, 0, event.length - 1);
                while (endpoint.reads.get() == 0) {
                    Thread.sleep(1);
                }
                endpoint.nanos.addAndGet(TimeUnit.SECONDS.toNanos(17));

                assertThat(LegClient.readToEnd(slow)).isEmpty();
            }
            assertThat(leg.event("phase=done").send().status()).isEqualTo(200);
            assertThat(endpoint.events).hasSize(1);
        }
    }

    @Test
    void slowHeadersAndIdleConnectionsAreCutOff() throws Exception {
        try (Endpoint endpoint = new Endpoint(directory, 1L << 40, limits(4, 4, 64, SHORT), Endpoint.CAP)) {
            LegClient leg = endpoint.leg();
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 20; i++) {
                    Socket socket = leg.connect();
                    sockets.add(socket);
                    socket.getOutputStream()
                            .write("POST /v1/".substring(0, i % 2 * 9).getBytes(ISO_8859_1));
                }
                assertThat(leg.event("phase=started").send().status()).isEqualTo(200);
                for (Socket socket : sockets) {
                    assertThat(LegClient.readToEnd(socket)).isEmpty();
                }
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitAndAreServedLater() throws Exception {
        try (Endpoint endpoint = new Endpoint(directory, 1L << 40, limits(4, 4, 8, SHORT), Endpoint.CAP)) {
            LegClient leg = endpoint.leg();
            List<Socket> idle = new ArrayList<>();
            try {
                for (int i = 0; i < 40; i++) {
                    idle.add(leg.connect());
                }
                assertThat(leg.event("phase=started").send().status()).isEqualTo(200);
            } finally {
                for (Socket socket : idle) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void moreRequestsThanWorkersAndQueueGetSignedBusyAnswers() throws Exception {
        UploadLimits tight = limits(1, 1, 64, Duration.ofSeconds(15));
        try (Endpoint endpoint = new Endpoint(directory, 1L << 40, tight, Endpoint.CAP)) {
            LegClient leg = endpoint.leg();
            byte[] event = leg.event("phase=started").bytes();
            Map<Socket, Request> others = new HashMap<>();
            try (Socket working = leg.connect()) {
                working.getOutputStream().write(event, 0, event.length - 1);
                while (endpoint.reads.get() == 0) {
                    Thread.sleep(1);
                }
                for (int i = 0; i < 3; i++) {
                    Socket socket = leg.connect();
                    others.put(socket, leg.event("phase=compiling"));
                    socket.getOutputStream().write(others.get(socket).bytes());
                }
                while (answered(others.keySet()) < 2) {
                    Thread.sleep(1);
                }
                working.getOutputStream().write(event, event.length - 1, 1);
                assertThat(LegClient.receive(working).status()).isEqualTo(200);

                List<Integer> statuses = new ArrayList<>();
                for (Map.Entry<Socket, Request> other : others.entrySet()) {
                    Response response = LegClient.receive(other.getKey());
                    other.getValue().requireGenuine(response);
                    statuses.add(response.status());
                    assertThat(response.headers().get("retry-after")).isEqualTo(response.status() == 503 ? "1" : null);
                }
                assertThat(statuses).containsExactlyInAnyOrder(503, 503, 200);
            } finally {
                for (Socket socket : others.keySet()) {
                    socket.close();
                }
            }
        }
    }

    private static int answered(Collection<Socket> sockets) throws IOException {
        int answered = 0;
        for (Socket socket : sockets) {
            answered += socket.getInputStream().available() > 0 ? 1 : 0;
        }
        return answered;
    }

    @Test
    void closingEndsRequestsInFlightWithinTheBoundAndLeavesNoThread() throws Exception {
        Endpoint endpoint = new Endpoint(directory, 1L << 40, limits(4, 4, 64, Duration.ofSeconds(15)), Endpoint.CAP);
        LegClient leg = endpoint.leg();
        byte[] file = new byte[1000];
        String upload = leg.begin(Endpoint.BIN, file).send().body().substring(0, 16);
        byte[] chunk = leg.chunk(Endpoint.BIN, upload, 0, file).bytes();
        try (Socket inFlight = leg.connect();
                Socket idle = leg.connect();
                Socket keptAlive = leg.connect()) {
            keptAlive.getOutputStream().write(leg.event("phase=started").bytes());
            assertThat(LegClient.receive(keptAlive).status()).isEqualTo(200);
            long earlier = endpoint.reads.get();
            inFlight.getOutputStream().write(chunk, 0, chunk.length - 1);
            while (endpoint.reads.get() == earlier) {
                Thread.sleep(1);
            }
            long start = System.nanoTime();
            endpoint.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(LegClient.readToEnd(inFlight)).isEmpty();
            assertThat(LegClient.readToEnd(idle)).isEmpty();
        }
        assertThat(directory.resolve("partial/linux-x86_64/demo")).exists();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains(UploadServer.THREADS)) {
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void serverIsQuiet() throws Exception {
        PrintStream original = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, ISO_8859_1));
        try (Endpoint endpoint = new Endpoint(directory)) {
            endpoint.leg().deliver(Endpoint.BIN, new byte[100], 10);
        } finally {
            System.setErr(original);
        }
        assertThat(errors.toString(ISO_8859_1)).isEmpty();
    }

    @Test
    void memoryDoesNotGrowWithTheFile() throws Exception {
        long size = 128L << 20;
        byte[] part = new byte[1 << 20];
        try (Endpoint endpoint = new Endpoint(directory, 1L << 40, Endpoint.LIMITS, size)) {
            LegClient leg = endpoint.leg();
            String upload = leg.begin(Endpoint.BIN, size, Sha256.of(part), "")
                    .send()
                    .body()
                    .substring(0, 16);
            List<Long> used = new ArrayList<>();
            for (long at = 0; at < size; at += part.length) {
                assertThat(leg.chunk(Endpoint.BIN, upload, at, part).send().status())
                        .isEqualTo(200);
                if (at % (size / 4) == 0) {
                    System.gc();
                    used.add(Runtime.getRuntime().totalMemory()
                            - Runtime.getRuntime().freeMemory());
                }
            }
            assertThat(used.get(3)).isLessThan(used.get(1) + (4 << 20));
            assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(422);
        }
    }

    @Test
    void continueIsSaidToGenuineRequestsOnly() throws Exception {
        try (Endpoint endpoint = new Endpoint(directory)) {
            LegClient leg = endpoint.leg();
            Request genuine = leg.event("phase=started");
            genuine.extraHeaders = "Expect: 100-continue\r\n";
            try (Socket socket = leg.connect()) {
                OutputStream out = socket.getOutputStream();
                out.write(genuine.head().getBytes(ISO_8859_1));
                assertThat(LegClient.receive(socket).status()).isEqualTo(100);
                out.write(genuine.body);
                Response response = LegClient.receive(socket);
                genuine.requireGenuine(response);
                assertThat(response.status()).isEqualTo(200);
            }
            Request forged = leg.event("phase=started");
            forged.extraHeaders = "Expect: 100-continue\r\n";
            byte[] head = forged.head().replace(forged.mac(), "0".repeat(64)).getBytes(ISO_8859_1);
            try (Socket socket = leg.connect()) {
                socket.getOutputStream().write(head);
                assertThat(LegClient.readToEnd(socket)).isEqualTo(RequestAuthenticatorTest.REFUSAL);
            }
        }
    }

    @Test
    void connectionServesOneRequestAfterAnother() throws Exception {
        try (Endpoint endpoint = new Endpoint(directory)) {
            LegClient leg = endpoint.leg();
            try (Socket socket = leg.connect()) {
                for (String phase : Arrays.asList("started", "toolchain", "compiling")) {
                    socket.getOutputStream().write(leg.event("phase=" + phase).bytes());
                    assertThat(LegClient.receive(socket).status()).isEqualTo(200);
                }
            }
            assertThat(endpoint.events).hasSize(3);
        }
    }

    private static UploadLimits limits(int workers, int queue, int connections, Duration idle) {
        UploadLimits d = UploadLimits.DEFAULT;
        return new UploadLimits(
                d.chunkBytes(),
                workers,
                queue,
                connections,
                d.requestsPerLeg(),
                d.minBytesPerSecond(),
                d.grace(),
                idle,
                idle,
                Duration.ofSeconds(1),
                d.selfTestPause());
    }
}

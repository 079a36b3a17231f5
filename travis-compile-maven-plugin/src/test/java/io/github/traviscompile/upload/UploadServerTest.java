package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.upload.LegClient.Request;
import io.github.traviscompile.upload.LegClient.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the state machine by its answers. */
class UploadServerTest {

    @TempDir
    Path directory;

    private Endpoint endpoint;
    private LegClient leg;

    @BeforeEach
    void open() throws Exception {
        endpoint = new Endpoint(directory);
        leg = endpoint.leg();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void fileOfSeveralChunksLandsInTheStorage() throws Exception {
        byte[] file = bytes(300_001);

        assertThat(leg.deliver(Endpoint.BIN, file, 100_000).status()).isEqualTo(200);

        Path landed = directory.resolve("received/linux-x86_64/Demo");
        assertThat(landed).hasBinaryContent(file);
        assertThat(endpoint.events(UploadEvent.Committed.class)).singleElement().satisfies(committed -> {
            assertThat(committed.file()).isEqualTo(landed);
            assertThat(committed.size()).isEqualTo(file.length);
            assertThat(committed.sha256()).isEqualTo(Sha256.of(file));
            assertThat(committed.details()).containsEntry("tree", "x").containsEntry("job", "y");
        });
        assertThat(endpoint.events(UploadEvent.Received.class))
                .extracting(UploadEvent.Received::received)
                .containsExactly(100_000L, 200_000L, 300_000L, 300_001L);
        assertThat(filesUnder("partial")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 131_071, 131_072, 131_073})
    void fileOfAnySizeArrives(int size) throws Exception {
        byte[] file = bytes(size);

        assertThat(leg.deliver(Endpoint.LIB, file, 1 << 20).status()).isEqualTo(200);

        assertThat(directory.resolve("received/linux-x86_64/libdemo.so")).hasBinaryContent(file);
    }

    @Test
    void announcingAgainResumesWhereTheFileStands() throws Exception {
        byte[] file = bytes(5000);
        String upload = begin(file);
        leg.chunk(Endpoint.BIN, upload, 0, Arrays.copyOf(file, 3000)).send();

        assertThat(leg.begin(Endpoint.BIN, file).send())
                .extracting(Response::status, Response::body)
                .containsExactly(201, upload + " 3000");

        assertThat(leg.deliver(Endpoint.BIN, file, 1000).status()).isEqualTo(200);
    }

    @Test
    void lostAnswersAreRepeated() throws Exception {
        byte[] file = bytes(5000);
        String upload = begin(file);
        byte[] first = Arrays.copyOf(file, 3000);
        assertThat(leg.chunk(Endpoint.BIN, upload, 0, first).send().status()).isEqualTo(200);

        Response again = leg.chunk(Endpoint.BIN, upload, 0, first).send();
        assertThat(again).extracting(Response::status, Response::body).containsExactly(409, "3000");
        Response early = leg.commit(Endpoint.BIN, upload).send();
        assertThat(early).extracting(Response::status, Response::body).containsExactly(409, "3000");

        byte[] rest = Arrays.copyOfRange(file, 3000, 5000);
        assertThat(leg.chunk(Endpoint.BIN, upload, 3000, rest).send().status()).isEqualTo(200);
        assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(200);
        assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(200);
        assertThat(leg.begin(Endpoint.BIN, file).send().status()).isEqualTo(200);
        Response late = leg.chunk(Endpoint.BIN, upload, 3000, rest).send();
        assertThat(late).extracting(Response::status, Response::body).containsExactly(409, "5000");
        assertThat(endpoint.events(UploadEvent.Committed.class)).hasSize(1);
    }

    @Test
    void anotherDigestSupersedesBeforeCommit() throws Exception {
        byte[] old = bytes(5000);
        String superseded = begin(old);
        leg.chunk(Endpoint.BIN, superseded, 0, old).send();
        byte[] file = bytes(4000);
        String upload = begin(file);

        assertThat(upload).isNotEqualTo(superseded);
        assertThat(leg.chunk(Endpoint.BIN, superseded, 0, old).send().status()).isEqualTo(404);
        assertThat(leg.commit(Endpoint.BIN, superseded).send().status()).isEqualTo(404);
        assertThat(leg.deliver(Endpoint.BIN, file, 4000).status()).isEqualTo(200);
        assertThat(directory.resolve("received/linux-x86_64/Demo")).hasBinaryContent(file);
    }

    @Test
    void anotherDigestAfterCommitIsAConflict() throws Exception {
        byte[] file = bytes(5000);
        leg.deliver(Endpoint.BIN, file, 5000);

        Response conflict = leg.deliver(Endpoint.BIN, bytes(4999), 5000);

        assertThat(conflict).extracting(Response::status, Response::body).containsExactly(409, "conflict");
        assertThat(endpoint.events(UploadEvent.Conflict.class))
                .extracting(UploadEvent.Conflict::committed)
                .containsExactly(Sha256.of(file));
        assertThat(directory.resolve("received/linux-x86_64/Demo")).hasBinaryContent(file);
    }

    @Test
    void fileOfAnotherDigestThanAnnouncedIsNotCommitted() throws Exception {
        byte[] file = bytes(100);
        Request begin = leg.begin(Endpoint.BIN, 100, Sha256.of(bytes(99)), "");
        String upload = begin.send().body().substring(0, 16);
        leg.chunk(Endpoint.BIN, upload, 0, file).send();

        assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(422);

        assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(404);
        assertThat(filesUnder("received")).isEmpty();
        assertThat(leg.deliver(Endpoint.BIN, file, 100).status()).isEqualTo(200);
    }

    @Test
    void chunkWhoseBodyWasAlteredLeavesNoTrace() throws Exception {
        byte[] file = bytes(200_000);
        String upload = begin(file);
        Request chunk = leg.chunk(Endpoint.BIN, upload, 0, file);
        byte[] altered = chunk.bytes();
        altered[altered.length - 50_000] ^= 1;

        Response refused = leg.send(altered);

        chunk.requireGenuine(refused);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(leg.begin(Endpoint.BIN, file).send().body()).isEqualTo(upload + " 0");
        assertThat(leg.deliver(Endpoint.BIN, file, 200_000).status()).isEqualTo(200);
    }

    @Test
    void chunkThatContradictsTheAnnouncementIsRefused() throws Exception {
        byte[] file = bytes(100);
        String upload = begin(file);
        Request notEncrypted = leg.chunk(Endpoint.BIN, upload, 0, file);
        notEncrypted.body = new byte[112];

        assertThat(leg.chunk(Endpoint.BIN, upload, 0, bytes(101)).send().status())
                .as("one byte too many")
                .isEqualTo(400);
        assertThat(leg.chunk(Endpoint.BIN, upload, 0, new byte[0]).send().status())
                .as("no bytes")
                .isEqualTo(400);
        assertThat(notEncrypted.send().status()).isEqualTo(400);
        assertThat(leg.deliver(Endpoint.BIN, file, 100).status()).isEqualTo(200);
    }

    @Test
    void sizeLimitOfAnOutputHoldsToTheByte() throws Exception {
        Response over = leg.begin(Endpoint.BIN, Endpoint.CAP + 1, Sha256.of(bytes(1)), "")
                .send();
        Response exact =
                leg.begin(Endpoint.BIN, Endpoint.CAP, Sha256.of(bytes(1)), "").send();

        assertThat(over.status()).isEqualTo(413);
        assertThat(exact.status()).isEqualTo(201);
        assertThat(endpoint.events(UploadEvent.OverCap.class))
                .extracting(UploadEvent.OverCap::announced)
                .containsExactly(Endpoint.CAP + 1L);
    }

    @Test
    void replayIsRefusedAsUnauthenticated() throws Exception {
        byte[] event = leg.event("phase=started\n").bytes();
        assertThat(leg.send(event).status()).isEqualTo(200);

        assertThat(leg.exchange(event)).isEqualTo(RequestAuthenticatorTest.REFUSAL);

        assertThat(endpoint.events(UploadEvent.LegReport.class)).hasSize(1);
    }

    @Test
    void wholeRunReplayedChangesNothing() throws Exception {
        byte[] file = bytes(5000);
        Request begin = leg.begin(Endpoint.BIN, file);
        String upload = begin.send().body().substring(0, 16);
        Request chunk = leg.chunk(Endpoint.BIN, upload, 0, file);
        Request commit = leg.commit(Endpoint.BIN, upload);
        chunk.send();
        commit.send();
        int events = endpoint.events.size();

        for (int round = 0; round < 10; round++) {
            for (Request request : List.of(begin, chunk, commit)) {
                assertThat(leg.exchange(request.bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
            }
        }

        assertThat(endpoint.events).hasSize(events);
        assertThat(directory.resolve("received/linux-x86_64/Demo")).hasBinaryContent(file);
    }

    @Test
    void eventHasPhaseFieldsAndText() throws Exception {
        byte[] cutCharacter = Arrays.copyOf("phase=failed\nexit=101\n\nerr\u001b[31mor\tx\r\ny é".getBytes(UTF_8), 40);

        assertThat(leg.event(cutCharacter).send().status()).isEqualTo(200);

        assertThat(endpoint.events(UploadEvent.LegReport.class))
                .containsExactly(new UploadEvent.LegReport(
                        Endpoint.LEG,
                        UploadEvent.Phase.FAILED,
                        new TreeMap<>(java.util.Map.of("exit", "101")),
                        "err[31mor\tx\ny \uFFFD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "phase=",
                "phase=asleep",
                "exit=1\nphase=failed",
                "phase=failed\nExit=1",
                "phase=done\nx",
                "phase=done\na=1\na=2",
                "phase=done\na=\u0007"
            })
    void eventOfAnotherFormIsRefused(String plain) throws Exception {
        assertThat(leg.event(plain).send().status()).isEqualTo(400);
        assertThat(endpoint.events).isEmpty();
    }

    @Test
    void eventsTextIsBounded() throws Exception {
        String largest = "phase=failed\n\n" + "x".repeat((16 << 10) - 14);

        assertThat(leg.event(largest).send().status()).isEqualTo(200);
        assertThat(leg.exchange(leg.event(largest + "x".repeat(16)).bytes()))
                .isEqualTo(RequestAuthenticatorTest.REFUSAL);
    }

    @Test
    void detailsOfAnotherFormAreRefused() throws Exception {
        Sha256 digest = Sha256.of(bytes(1));

        assertThat(leg.begin(Endpoint.BIN, 1, digest, "Tree=x\n").send().status())
                .isEqualTo(400);
        assertThat(leg.begin(Endpoint.BIN, 1, digest, "a=1\na=2\n").send().status())
                .isEqualTo(400);
        assertThat(leg.begin(Endpoint.BIN, 1, digest, "a=" + "x".repeat(4094))
                        .send()
                        .status())
                .isEqualTo(201);
        assertThat(leg.exchange(leg.begin(Endpoint.BIN, 1, digest, "a=" + "x".repeat(4095))
                        .bytes()))
                .isEqualTo(RequestAuthenticatorTest.REFUSAL);
    }

    @Test
    void twoClientsWithOneKeyDeliverTheFileOnce() throws Exception {
        byte[] file = bytes(1 << 20);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> persistent = () -> {
                int status = 0;
                for (int attempt = 0; attempt < 500 && status != 200; attempt++) {
                    status = leg.deliver(Endpoint.BIN, file, 10_000).status();
                    assertThat(status).isIn(200, 409, 404, 503);
                }
                return status;
            };
            for (Future<Integer> done : both.invokeAll(List.of(persistent, persistent))) {
                assertThat(done.get()).isEqualTo(200);
            }
        } finally {
            both.shutdownNow();
        }

        assertThat(endpoint.events(UploadEvent.Committed.class)).hasSize(1);
        assertThat(directory.resolve("received/linux-x86_64/Demo")).hasBinaryContent(file);
    }

    @Test
    void quotaOfTheRunIsKept() throws Exception {
        endpoint.close();
        try (Endpoint small = new Endpoint(directory.resolve("small"), 1000, Endpoint.LIMITS, Endpoint.CAP)) {
            LegClient client = small.leg();
            assertThat(client.deliver(Endpoint.LIB, bytes(600), 600).status()).isEqualTo(200);
            assertThat(client.deliver(Endpoint.BIN, bytes(401), 401).status()).isEqualTo(507);
            assertThat(client.begin(Endpoint.BIN, bytes(400)).send().status()).isEqualTo(201);
            assertThat(client.deliver(Endpoint.BIN, bytes(399), 399).status())
                    .as("what was superseded no longer counts")
                    .isEqualTo(200);
            assertThat(small.events(UploadEvent.NoRoom.class)).hasSize(1);
        }
    }

    @Test
    void fileThatCannotBeWrittenEndsTheLeg() throws Exception {
        byte[] file = bytes(1000);
        String upload = begin(file);
        leg.chunk(Endpoint.BIN, upload, 0, file).send();
        Files.delete(directory.resolve("partial/linux-x86_64/demo"));

        assertThat(leg.commit(Endpoint.BIN, upload).send().status()).isEqualTo(507);

        assertThat(endpoint.events(UploadEvent.NoRoom.class))
                .singleElement()
                .satisfies(noRoom -> assertThat(noRoom.reason()).contains("NoSuchFile"));
        assertThat(filesUnder("received")).isEmpty();
    }

    @Test
    void legThatUsedUpItsRequestsGetsOverCap() throws Exception {
        endpoint.close();
        UploadLimits limits = withRequestsPerLeg(3);
        try (Endpoint small = new Endpoint(directory.resolve("small"), 1000, limits, Endpoint.CAP)) {
            LegClient client = small.leg();
            for (int i = 0; i < 3; i++) {
                assertThat(client.event("phase=started").send().status()).isEqualTo(200);
            }
            assertThat(client.event("phase=started").send().status()).isEqualTo(413);
        }
    }

    private static UploadLimits withRequestsPerLeg(int requests) {
        UploadLimits d = UploadLimits.DEFAULT;
        return new UploadLimits(
                d.chunkBytes(),
                d.workers(),
                d.queue(),
                d.connections(),
                requests,
                d.minBytesPerSecond(),
                d.grace(),
                d.idle(),
                d.headers(),
                d.shutdown(),
                d.selfTestPause());
    }

    private String begin(byte[] file) throws IOException {
        Response begun = leg.begin(Endpoint.BIN, file).send();
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.body()).matches("[0-9a-f]{16} 0");
        return begun.body().substring(0, 16);
    }

    private List<Path> filesUnder(String folder) throws IOException {
        try (var all = Files.walk(directory.resolve(folder))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

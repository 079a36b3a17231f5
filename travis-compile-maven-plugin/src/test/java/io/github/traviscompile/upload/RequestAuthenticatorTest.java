package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.upload.LegClient.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only genuine requests are accepted, and all others get the same answer. */
class RequestAuthenticatorTest {

    static final String REFUSAL = "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    /** Undertow's own answer to bytes that are not HTTP. */
    private static final String NOT_HTTP = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static final int MUTATIONS = Integer.getInteger("upload.mutations", 20_000);

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%s/event",
                "//v1/%s/event",
                "/v1/%s//event",
                "/v1/%s/./event",
                "/v1/%s/../event",
                "/v1/%s/%%2e/event",
                "/v1/%s/%%65vent",
                "/v1/%s/event/",
                "/v1/%s/event;x",
                "/v1/%s/event;",
                "/v1;x/%s/event",
                "/v1/%s/event?q",
                "/v1/%s/event?q=1",
                "/v1/%s/event#f",
                "/v1/%s/event%%00",
                "/V1/%s/event",
                "/v1/%s/Event",
                "/v2/%s/event",
                "/v1/%s/hello",
                "/v1/%s/libdemo.so/event",
                "http://localhost/v1/%s/event",
                "/v1/%s/libdemo.so/begin",
                "/v1/%s/nosuch/begin",
                "/v1/%s/../../etc/passwd/begin",
                "/v1/%s/libdemo.so/u/0000000000000000/commit",
                "/v1/%s/libdemo.so/u/0000000000000000/00",
                "*",
                "/",
            })
    void signedRequestForAnotherTargetIsRefused(String form) throws Exception {
        Request event = leg.event("phase=started");
        event.target = form.formatted(endpoint.run + "/" + Endpoint.LEG);

        String answer = leg.exchange(event.bytes());

        assertThat(answer).isIn(REFUSAL, NOT_HTTP);
        assertThat(event.target.matches("[/a-zA-Z].*") || answer.equals(NOT_HTTP))
                .isTrue();
        assertThat(endpoint.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u/00000000000000AA/0",
                "u/000000000000000/0",
                "u/00000000000000000/0",
                "u/0000000000000000/01",
                "u/0000000000000000/-1",
                "u/0000000000000000/+1",
                "u/0000000000000000/0x1",
                "u/0000000000000000/9999999999999999999",
                "u/0000000000000000/",
                "u/../0"
            })
    void chunkOfAnotherGrammarIsRefused(String path) throws Exception {
        Request chunk = leg.chunk(Endpoint.BIN, "0000000000000000", 0, new byte[3]);
        chunk.target = "/v1/" + endpoint.run + "/" + Endpoint.LEG + "/demo/" + path;

        assertThat(leg.exchange(chunk.bytes())).isEqualTo(REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "OPTIONS", "DELETE", "post", "PATCH", "TRACE", "POST2"})
    void signedRequestOfAnotherMethodIsRefused(String method) throws Exception {
        Request event = leg.event("phase=started");
        event.method = method;

        assertThat(leg.exchange(event.bytes())).isEqualTo(REFUSAL);
    }

    @Test
    void unknownSendersAreRefused() throws Exception {
        LegClient otherKey = new LegClient(endpoint.server.uri(), endpoint.run, Endpoint.LEG, endpoint.otherKey);
        LegClient otherRun =
                new LegClient(endpoint.server.uri(), new RunId("0".repeat(32)), Endpoint.LEG, endpoint.key);
        LegClient noLeg = new LegClient(endpoint.server.uri(), endpoint.run, "osx-x86_64", endpoint.key);

        for (LegClient sender : List.of(otherKey, otherRun, noLeg)) {
            byte[] file = {1};
            assertThat(sender.exchange(sender.event("phase=started").bytes())).isEqualTo(REFUSAL);
            assertThat(sender.exchange(sender.begin(Endpoint.BIN, file).bytes()))
                    .isEqualTo(REFUSAL);
            assertThat(sender.exchange(
                            sender.chunk(Endpoint.BIN, "0".repeat(16), 0, file).bytes()))
                    .isEqualTo(REFUSAL);
            assertThat(sender.exchange(
                            sender.commit(Endpoint.BIN, "0".repeat(16)).bytes()))
                    .isEqualTo(REFUSAL);
        }
        assertThat(endpoint.events).isEmpty();
    }

    static Stream<String> headers() {
        return Stream.of("Tcmp-Nonce", "Tcmp-Body-Sha256", "Content-Length", "Tcmp-Mac", "Tcmp-Size", "Tcmp-Sha256");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void eachHeaderIsNeededExactlyOnce(String name) throws Exception {
        String head = leg.begin(Endpoint.BIN, 1, Sha256.of(new byte[1]), "").head();
        String line = Stream.of(head.split("\r\n", 0))
                .filter(l -> l.startsWith(name + ": "))
                .findFirst()
                .orElseThrow();

        assertThat(refusalOf(head.replace(line + "\r\n", ""))).isIn(REFUSAL);
        assertThat(refusalOf(head.replace(line, line + "\r\n" + line))).isIn(REFUSAL, NOT_HTTP);
        assertThat(refusalOf(head.replace(line, name + ":"))).isIn(REFUSAL, NOT_HTTP);
        assertThat(refusalOf(head.replace(line, line + ", " + line.split(": ", 2)[1])))
                .isIn(REFUSAL, NOT_HTTP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tcmp-Size: 5", "Tcmp-Size:", "Tcmp-Sha256: ", "Tcmp-Mac: ", "Transfer-Encoding: identity"})
    void surplusHeaderIsRefused(String line) throws Exception {
        Request event = leg.event("phase=started");
        event.extraHeaders = line + "\r\n";

        assertThat(leg.exchange(event.bytes())).isIn(REFUSAL, NOT_HTTP);
        assertThat(endpoint.events).isEmpty();
    }

    @Test
    void smugglingFormsGetOneRefusalAndTheConnectionEnds() throws Exception {
        Request event = leg.event("phase=started");
        String head = event.head();
        String length = "Content-Length: " + event.body.length;
        String inner = new String(leg.event("phase=done").bytes(), ISO_8859_1);
        List<String> forms = List.of(
                head.replace(length, "Transfer-Encoding: chunked"),
                head.replace(length, length + "\r\nTransfer-Encoding: chunked"),
                head.replace(length, "Transfer-Encoding: xchunked"),
                head.replace(length, length + "\r\nContent-Length: 0"),
                head.replace(length, "Content-Length: +" + event.body.length),
                head.replace(length, "Content-Length: 0x10"),
                head.replace(length, "Content-Length: " + event.body.length + "," + event.body.length),
                head.replace(length, "Content-Length : " + event.body.length),
                head.replace("HTTP/1.1", "HTTP/1.0").replace(length, "Transfer-Encoding: chunked"),
                head.replace("Host: localhost\r\n", ""),
                head.replace("Host: localhost", "Host: a\r\nHost: b"),
                head.replace("\r\n", "\n"),
                head.replace("Tcmp-Nonce: ", "X: y\r\n Tcmp-Nonce: "),
                head.replace("Tcmp-Mac: ", "Tcmp-Mac: \u00e9"));

        for (String form : forms) {
            String answer = refusalOf(form + "0\r\n\r\n" + inner);
            assertThat(answer).as(form).matches("(?s)HTTP/1.[01] (400|401) .*").containsOnlyOnce("HTTP/1.");
            assertThat(answer).as(form).doesNotContainIgnoringCase("Tcmp-Mac");
        }
        assertThat(endpoint.events).isEmpty();
    }

    @Test
    void httpOfProxiesIsAccepted() throws Exception {
        Request event = leg.event("phase=started");
        byte[] older = new String(event.bytes(), ISO_8859_1)
                .replace("HTTP/1.1", "HTTP/1.0")
                .getBytes(ISO_8859_1);
        assertThat(leg.exchange(older)).startsWith("HTTP/1.").contains(" 200 ");
        assertThat(endpoint.events).hasSize(1);
    }

    @Test
    void noNameFromTheWireReachesTheDisk() throws Exception {
        List<String> parts = List.of(
                "..",
                ".",
                "%2e%2e",
                "%2F",
                "/",
                "\\",
                "C:",
                "%00",
                "demo",
                "DEMO",
                "nul",
                "~",
                "$HOME",
                "*",
                "partial",
                "linux-x86_64",
                "\u00e9",
                "-",
                ":",
                "etc",
                "passwd",
                ";",
                "u",
                "begin",
                "x".repeat(65));
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            StringBuilder name = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                name.append(parts.get(random.nextInt(parts.size())));
            }
            Request begin = leg.begin(Endpoint.BIN, new byte[1]);
            String target = begin.target;
            begin.target = random.nextBoolean()
                    ? target.replace("/demo/", "/" + name + "/")
                    : target.replace("/linux-x86_64/", "/" + name + "/");
            if (!begin.target.equals(target)) {
                assertThat(leg.exchange(begin.bytes())).as(begin.target).isIn(REFUSAL, NOT_HTTP);
            }
        }
        assertThat(endpoint.events).isEmpty();
        try (var all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void browsersRequestsAreRefused() throws Exception {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
                "OPTIONS /v1 HTTP/1.1\r\nHost: localhost\r\nOrigin: https://attacker.example\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Type: text/plain\r\n\r\n")) {
            assertThat(refusalOf(request)).isEqualTo(REFUSAL);
        }
    }

    @Test
    void noMutationOfAGenuineRequestIsAccepted() throws Exception {
        Random random = new Random(20261122);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Request request = genuine(random);
            byte[] mutated = flipOneBit(request, random);
            String answer = leg.exchange(mutated);
            assertThat(answer)
                    .as("mutation %d: %s", i, new String(mutated, ISO_8859_1))
                    .isIn(REFUSAL, NOT_HTTP, "");
            refused += answer.equals(REFUSAL) ? 1 : 0;
        }

        assertThat(refused).isGreaterThan(MUTATIONS / 2);
        assertThat(endpoint.events).isEmpty();
        try (var all = Files.walk(directory)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Request genuine(Random random) {
        byte[] file = {(byte) random.nextInt()};
        return switch (random.nextInt(4)) {
            case 0 -> leg.event("phase=started");
            case 1 -> leg.begin(Endpoint.BIN, file);
            case 2 -> leg.chunk(Endpoint.BIN, LegClient.randomHex(8), random.nextInt(1 << 20), file);
            default -> leg.commit(Endpoint.BIN, LegClient.randomHex(8));
        };
    }

    /**
     * Flips a bit anywhere in the head but in its unsigned, meaningless parts. These are the HTTP version (Undertow
     * reads an unknown one as 1.1), the Host line, and the case of a header's name.
     */
    private static byte[] flipOneBit(Request request, Random random) {
        byte[] bytes = request.bytes();
        String head = request.head();
        int version = head.indexOf("HTTP/1.1");
        int afterHost = head.indexOf("Tcmp-Nonce");
        while (true) {
            int at = random.nextInt(head.length());
            int bit = 1 << random.nextInt(8);
            boolean unsigned = at >= version && at < afterHost;
            boolean caseOfAName = at >= afterHost
                    && bit == 0x20
                    && Character.isLetter(head.charAt(at))
                    && head.indexOf(':', at) < head.indexOf('\r', at)
                    && head.indexOf(':', at) > 0;
            if (!unsigned && !caseOfAName) {
                bytes[at] ^= (byte) bit;
                return bytes;
            }
        }
    }

    private String refusalOf(String raw) throws Exception {
        return leg.exchange(raw.getBytes(ISO_8859_1));
    }
}

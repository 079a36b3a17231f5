package io.github.traviscompile.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.TunnelEdge;
import io.github.traviscompile.standin.TunnelEdge.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the endpoint's self-test through edges of all kinds. */
class EndpointProbeTest {

    private static final int FULL = 8 << 20;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration NOW = Duration.ofMillis(1);

    @TempDir
    Path directory;

    private Endpoint endpoint;
    private TunnelEdge edge;

    @BeforeEach
    void open() throws Exception {
        UploadLimits d = UploadLimits.DEFAULT;
        UploadLimits hasty = new UploadLimits(
                d.chunkBytes(),
                d.workers(),
                d.queue(),
                d.connections(),
                d.requestsPerLeg(),
                d.minBytesPerSecond(),
                d.grace(),
                d.idle(),
                d.headers(),
                d.shutdown(),
                Duration.ofMillis(10));
        endpoint = new Endpoint(directory.resolve("inbox"), 1L << 40, hasty, Endpoint.CAP);
        edge = new TunnelEdge(endpoint.server.uri());
    }

    @AfterEach
    void close() {
        edge.close();
        endpoint.close();
    }

    @Test
    void passesAFullChunkAndLeavesNoTrace() throws Exception {
        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(FULL);

        assertThat(edge.bodies).containsExactly((64 << 10) + 16, FULL + 16);
        assertThat(endpoint.events).isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void reachesTheEndpointItselfToo() throws Exception {
        assertThat(endpoint.server.selfTest(endpoint.server.uri(), LONG)).isEqualTo(FULL);
    }

    @Test
    void reportsTheLargestChunkThatALimitedEdgeLetsThrough() throws Exception {
        edge.behave(TunnelEdge.limit((1 << 20) + 16));
        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(1 << 20);

        edge.behave(TunnelEdge.limit(1 << 20));
        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(512 << 10);

        edge.behave(TunnelEdge.limit(100_000));
        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(64 << 10);
    }

    @Test
    void treatsAnEdgeThatHangsUpOnLargeBodiesAsLimited() throws Exception {
        edge.behave((e, exchange, body) ->
                (body.length > 3_000_000 ? TunnelEdge.HANG_UP : TunnelEdge.PASS).handle(e, exchange, body));

        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(2 << 20);
    }

    @Test
    void isNotMisledByOneBrokenConnection() throws Exception {
        AtomicInteger large = new AtomicInteger();
        edge.behave((e, exchange, body) -> (body.length > FULL && large.getAndIncrement() == 0
                        ? TunnelEdge.HANG_UP
                        : TunnelEdge.PASS)
                .handle(e, exchange, body));

        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(FULL);
    }

    @Test
    void waitsForAnEdgeThatIsNotReadyYet() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        edge.behave((e, exchange, body) -> {
            int n = requests.getAndIncrement();
            (n == 0
                            ? TunnelEdge.HANG_UP
                            : n < 4 ? TunnelEdge.always(new Page(404, Map.of(), "no such tunnel")) : TunnelEdge.PASS)
                    .handle(e, exchange, body);
        });

        assertThat(endpoint.server.selfTest(edge.uri(), LONG)).isEqualTo(FULL);
    }

    @Test
    void saysThatNoServerAnswers() throws Exception {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        assertThatThrownBy(() -> endpoint.server.selfTest(nobody, NOW))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageStartingWith("No server answers at the tunnel's public address")
                .hasMessageContaining("ConnectException")
                .hasMessageNotContaining("null")
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)");
    }

    @Test
    void saysThatNoServerAnswersInTime() throws Exception {
        edge.behave((e, exchange, body) -> Thread.sleep(60_000));

        assertThatThrownBy(() -> endpoint.server.selfTest(edge.uri(), Duration.ofMillis(200)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("(did not answer within 5 s)");
    }

    @Test
    void saysThatTheNameDoesNotResolveWithoutNamingIt() {
        URI unknown = URI.create("https://no-such-tunnel.invalid");
        Throwable thrown = catchThrowable(() -> endpoint.server.selfTest(unknown, NOW));

        assertThat(thrown).isInstanceOf(WorkFailedException.class);
        assertThat(trace(thrown)).doesNotContain("no-such-tunnel");
    }

    @Test
    void saysThatAnInterstitialPageAnswers() {
        edge.behave(TunnelEdge.always(
                new Page(200, Map.of("Content-Type", "text/html; charset=utf-8"), "<h1>You are about to visit…</h1>")));

        assertRefused("A web page answers at the tunnel's public address (200, text/html)");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void saysThatARedirectionAnswersAndDoesNotFollowIt(int status) throws IOException {
        try (TunnelEdge login = new TunnelEdge(endpoint.server.uri())) {
            edge.behave(TunnelEdge.always(new Page(status, Map.of("Location", login.uri() + "/login"), "")));

            assertRefused("answers with a redirection (" + status + ")");
            assertThat(login.bodies).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void saysThatTheEdgeDoesNotReachTheEndpoint(int status) {
        edge.behave(TunnelEdge.always(new Page(status, Map.of("Content-Type", "text/html"), "<h1>Bad Gateway</h1>")));

        assertRefused("The tunnel's edge is up but does not reach this machine (" + status + ")");
    }

    @Test
    void saysThatAnotherRunAnswers() throws Exception {
        try (Endpoint other = new Endpoint(directory.resolve("other"));
                TunnelEdge itsEdge = new TunnelEdge(other.server.uri())) {
            assertThatThrownBy(() -> endpoint.server.selfTest(itsEdge.uri(), NOW))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageStartingWith("The endpoint of another run answers");
        }
    }

    @Test
    void saysThatAnotherServerAnswers() {
        edge.behave(TunnelEdge.always(new Page(200, Map.of("Content-Type", "application/json"), "{}")));

        assertRefused("Another server answers at the tunnel's public address (200,");
    }

    /** Only a signature of this very answer makes an answer ours. */
    @Test
    void rejectsAReplayedAnswer() {
        String[] seen = {""};
        edge.behave((e, exchange, body) -> {
            if (seen[0].isEmpty()) {
                TunnelEdge.PASS.handle(e, exchange, body);
                seen[0] = exchange.getResponseHeaders().getFirst("Tcmp-Mac");
            } else {
                TunnelEdge.always(new Page(200, Map.of("Tcmp-Mac", seen[0]), ""))
                        .handle(e, exchange, body);
            }
        });
        assertThat(catchThrowable(() -> endpoint.server.selfTest(edge.uri(), NOW)))
                .isNull();

        assertRefused("Another server answers");
    }

    @Test
    void saysThatTheEdgeRefusesEvenTheSmallestChunk() {
        edge.behave(TunnelEdge.limit(10_000));

        assertRefused("The tunnel's edge refuses bodies of 64 KiB (413)");
    }

    @Test
    void smallerEndpointsTestTheirOwnChunk() throws Exception {
        EndpointProbe small = new EndpointProbe(
                endpoint.run, LegSecrets.of(LegKey.random(new SecureRandom())), 1000, Duration.ofMillis(1));

        assertThatThrownBy(() -> small.largestChunk(edge.uri(), NOW))
                .as("an endpoint that has another key")
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The endpoint of another run answers");
        assertThat(edge.bodies).contains(1008);
    }

    @Test
    void refusesALegOfTheSameName() {
        assertThatThrownBy(() -> new LegAccount("self-test", endpoint.key, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String start) {
        Throwable thrown = catchThrowable(() -> endpoint.server.selfTest(edge.uri(), NOW));
        assertThat(thrown)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(start)
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)")
                .hasMessageEndingWith("Nothing was pushed.");
        assertThat(trace(thrown)).doesNotContain(edge.uri().toString());
    }

    private static String trace(Throwable thrown) {
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }
}

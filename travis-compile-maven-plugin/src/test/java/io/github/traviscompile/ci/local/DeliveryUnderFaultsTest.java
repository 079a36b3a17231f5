package io.github.traviscompile.ci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.local.FaultyEdge.Fault;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.upload.UploadEvent.Phase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The real script against the real endpoint through an edge that drops, forges and replays messages. */
class DeliveryUnderFaultsTest {

    private static final int CHUNK = 8 << 20;

    @TempDir
    Path directory;

    private Path cargo;

    @BeforeEach
    void standInForCargo() throws IOException {
        cargo = directory.resolve("cargo");
        Files.writeString(cargo, "#!/bin/sh\necho '   Compiling greet v0.1.0'\n");
        assertThat(cargo.toFile().setExecutable(true)).isTrue();
    }

    /** Raise {@code travis-compile.test.faultyDeliveries} for a long test. */
    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("travis-compile.test.faultyDeliveries", 3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void deliversTheSameBytesWhenEverySecondExchangeFails(int seed) throws Exception {
        Random random = new Random(seed);
        List<Fault> faults = Stream.of(Fault.values())
                .filter(f -> f != Fault.NONE && f != Fault.TOO_LARGE)
                .toList();
        try (LegBench bench = bench(random.nextInt(3 * CHUNK), 1 + random.nextInt(100))) {
            Function<FaultyEdge.Request, Fault> half =
                    request -> random.nextBoolean() ? Fault.NONE : faults.get(random.nextInt(faults.size()));
            try (FaultyEdge edge = new FaultyEdge(bench.server.uri(), half)) {
                assertDelivered(bench, run(bench, edge.uri(), Map.of()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "TOO_LARGE"})
    void overcomesOneFaultAtEachStep(Fault fault) throws Exception {
        Set<String> seen = new HashSet<>();
        try (LegBench bench = bench(CHUNK + 1, 16)) {
            Function<FaultyEdge.Request, Fault> firstOfEach = request -> seen.add(request.line()) ? fault : Fault.NONE;
            try (FaultyEdge edge = new FaultyEdge(bench.server.uri(), firstOfEach)) {
                assertDelivered(bench, run(bench, edge.uri(), Map.of()));
                // The phases started and done share a target; then two begins, three chunks, two commits.
                assertThat(edge.done.stream().filter(fault::equals)).hasSizeGreaterThanOrEqualTo(8);
            }
        }
    }

    @Test
    void reducesChunksWhenAnEdgeAcceptsOnlySmallBodies() throws Exception {
        try (LegBench bench = bench(CHUNK, 1 << 20);
                FaultyEdge edge = new FaultyEdge(
                        bench.server.uri(), request -> request.length() > 1 << 20 ? Fault.TOO_LARGE : Fault.NONE)) {
            assertDelivered(bench, run(bench, edge.uri(), Map.of()));
            // Reduced once from 8 MiB, and never again.
            assertThat(edge.done.stream().filter(Fault.TOO_LARGE::equals)).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void deliversFilesOfEverySizeAroundTheChunks() throws Exception {
        Deque<Integer> sizes = new ArrayDeque<>(List.of(0, 1, 15, 16, 17, CHUNK - 1, CHUNK, CHUNK + 1));
        while (!sizes.isEmpty()) {
            Path own = directory.resolve("s" + sizes.size());
            try (LegBench bench = bench(own, sizes.poll(), sizes.poll())) {
                assertDelivered(bench, run(bench, bench.server.uri(), Map.of()));
            }
        }
    }

    @Test
    void neverTrustsForgedSuccess() throws Exception {
        try (LegBench bench = bench(100, 100);
                FaultyEdge edge = new FaultyEdge(bench.server.uri(), request -> Fault.FORGE_200)) {
            LegEnd end = run(bench, edge.uri(), Map.of("TCMP_DEADLINE", "3"));
            assertThat(end.exit()).isEqualTo(LegExit.UNREACHABLE);
            assertThat(end.lastWords()).contains("3 s", "200");
            assertThat(bench.events).isEmpty();
        }
    }

    @Test
    void showsTheEdgeNeitherKeyNorContent() throws Exception {
        String canary = "canary-of-the-artifact-0123456789";
        try (LegBench bench = bench(0, 0);
                FaultyEdge edge = new FaultyEdge(bench.server.uri(), request -> Fault.NONE)) {
            Files.writeString(bench.built(bench.leg.outputs().get(0)), canary.repeat(100));
            assertDelivered(bench, run(bench, edge.uri(), Map.of()));
            String wire = edge.seen.toString(StandardCharsets.ISO_8859_1);
            assertThat(wire).contains("/begin").doesNotContain(canary, bench.key.revealHex(), "phase=");
        }
    }

    @Test
    void reportsAMissingEndpoint() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (LegBench bench = bench(1, 1)) {
            LegEnd end = run(bench, URI.create("http://127.0.0.1:" + port), Map.of("TCMP_DEADLINE", "1"));
            assertThat(end.exit()).isEqualTo(LegExit.UNREACHABLE);
            assertThat(end.lastWords()).contains("no answer");
        }
    }

    @Test
    void givesUpOnAFileOverItsLimitOrAConflict() throws Exception {
        try (LegBench bench = bench(100, 100)) {
            assertThat(run(bench, bench.server.uri(), Map.of()).exit()).isEqualTo(LegExit.DONE);
            Files.writeString(bench.built(bench.leg.outputs().get(0)), "something else");
            LegEnd end = run(bench, bench.server.uri(), Map.of());
            assertThat(end.exit()).isEqualTo(LegExit.REFUSED);
            assertThat(end.lastWords()).contains("another file was already delivered", "greet");
        }
    }

    private LegBench bench(int... sizes) throws Exception {
        return bench(directory, sizes);
    }

    private LegBench bench(Path own, int... sizes) throws Exception {
        LegBench bench = new LegBench(own);
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            new Random(sizes[i]).nextBytes(content);
            Path file = bench.built(bench.leg.outputs().get(i));
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        return bench;
    }

    private static void assertDelivered(LegBench bench, LegEnd end) {
        assertThat(end.exit()).as(end.lastWords()).isEqualTo(LegExit.DONE);
        assertThat(bench.progress(Phase.DONE)).isNotEmpty();
        List<Output> outputs =
                bench.committed().stream().map(committed -> committed.output()).toList();
        assertThat(outputs).containsExactlyElementsOf(bench.leg.outputs());
        assertThat(bench.committed())
                .allSatisfy(c -> assertThat(c.file()).hasSameBinaryContentAs(bench.built(c.output())));
    }

    private LegEnd run(LegBench bench, URI endpoint, Map<String, String> variables) throws Exception {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("CARGO", cargo.toString());
        environment.put("TCMP_BACKOFF", "20");
        environment.putAll(variables);
        try (LocalRunner service = LocalRunner.open(1, environment)) {
            return service.start(bench.job(endpoint, bench.key)).get(150, TimeUnit.SECONDS);
        }
    }
}

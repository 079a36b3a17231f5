package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.upload.LegClient.Request;
import io.github.traviscompile.upload.LegClient.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the endpoint with the machine's own curl, and on a disk that is really full. Skipped where they are missing.
 */
class RealToolsTest {

    @TempDir
    Path directory;

    @Test
    void curlDeliversAndWaitsForContinueOnlyAsLongAsNeeded() throws Exception {
        assumeTrue(run("curl", "--version").startsWith("0 "), "curl is missing");
        try (Endpoint endpoint = new Endpoint(directory)) {
            LegClient leg = endpoint.leg();
            byte[] file = new byte[Endpoint.CAP];
            new Random(1).nextBytes(file);
            String upload = curl(endpoint, leg.begin(Endpoint.BIN, file)).substring(0, 16);

            long start = System.nanoTime();
            curl(endpoint, leg.chunk(Endpoint.BIN, upload, 0, file), "Expect: 100-continue");
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            curl(endpoint, leg.commit(Endpoint.BIN, upload));

            assertThat(seconds)
                    .as("with --expect100-timeout 30, curl would wait in vain for that long")
                    .isLessThan(20);
            assertThat(endpoint.events(UploadEvent.Committed.class)).hasSize(1);
        }
    }

    @Test
    void fullDiskEndsTheLegAndLeavesOtherFilesAlone() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("full"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString())
                        .startsWith("0 "),
                "mounting a small disk is not permitted");
        try (Endpoint endpoint = new Endpoint(mount)) {
            LegClient leg = endpoint.leg();
            byte[] small = new byte[100_000];
            assertThat(leg.deliver(Endpoint.LIB, small, 50_000).status()).isEqualTo(200);

            Response full = leg.deliver(Endpoint.BIN, new byte[400_000], 200_000);

            assertThat(full.status()).isEqualTo(507);
            assertThat(endpoint.events(UploadEvent.NoRoom.class))
                    .singleElement()
                    .satisfies(noRoom -> {
                        assertThat(noRoom.output().id()).isEqualTo(Endpoint.BIN);
                        assertThat(noRoom.reason()).contains("No space left");
                    });
            assertThat(Sha256.of(mount.resolve("received/linux-x86_64/libdemo.so")))
                    .isEqualTo(Sha256.of(small));
            assertThat(leg.deliver(Endpoint.BIN, new byte[100], 100).status())
                    .as("a smaller file, in place of the one that did not fit")
                    .isEqualTo(200);
        } finally {
            assertThat(run("umount", mount.toString())).startsWith("0 ");
        }
    }

    /** Sends the request as the leg's script does: headers from a file on standard input, never in the arguments. */
    private String curl(Endpoint endpoint, Request request, String... more) throws Exception {
        Path body = Files.write(directory.resolve("body"), request.body);
        List<String> config = new ArrayList<>(List.of(
                "url = \"" + endpoint.server.uri() + request.target + "\"",
                "request = \"" + request.method + "\"",
                "data-binary = \"@" + body + "\"",
                "header = \"Content-Type:\""));
        List.of(request.head().split("\r\n", 0)).stream()
                .filter(line -> line.startsWith("Tcmp-"))
                .forEach(line -> config.add("header = \"" + line + "\""));
        for (String header : more) {
            config.add("header = \"" + header + "\"");
        }
        Path file = Files.write(directory.resolve("config"), config);
        String answer = run("curl", "-q", "-s", "-S", "--http1.1", "-f", "--expect100-timeout", "30", "-K", "" + file);
        assertThat(answer).startsWith("0 ");
        return answer.substring(2);
    }

    /** Returns exit code, a space, and the output; 127 if there is no such program. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() + " " + output;
        } catch (IOException e) {
            return "127 " + e.getMessage();
        }
    }
}

package io.github.traviscompile.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.upload.LegClient.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadServerTest {

    @TempDir
    Path directory;

    @Test
    void fileOfSeveralChunksLandsInTheInbox() throws Exception {
        try (Endpoint endpoint = new Endpoint(directory)) {
            byte[] file = bytes(300_001);

            Response last = endpoint.leg().deliver(Endpoint.BIN, file, 100_000);

            assertThat(last.status()).isEqualTo(200);
            Path landed = directory.resolve("received/linux-x86_64/Demo");
            assertThat(landed).hasBinaryContent(file);
            assertThat(endpoint.events(UploadEvent.Committed.class))
                    .singleElement()
                    .satisfies(committed -> {
                        assertThat(committed.file()).isEqualTo(landed);
                        assertThat(committed.size()).isEqualTo(file.length);
                        assertThat(committed.details()).containsEntry("tree", "x");
                    });
            assertThat(endpoint.events(UploadEvent.Received.class))
                    .extracting(UploadEvent.Received::received)
                    .containsExactly(100_000L, 200_000L, 300_000L, 300_001L);
            try (var left = Files.walk(directory.resolve("partial"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}

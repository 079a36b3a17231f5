package io.github.traviscompile.upload;

import java.time.Duration;

/**
 * The bounds of the endpoint.
 *
 * @param chunkBytes the most plain text in one chunk
 * @param workers how many requests are worked on at once
 * @param queue how many more may wait for a worker, at least 1; beyond that the answer is 503
 * @param connections the most connections at once
 * @param requestsPerLeg how many authenticated requests one leg may make; bounds the memory for nonces
 * @param minBytesPerSecond a body that comes slower is cut off, once {@code grace} is over
 * @param grace how long a body may come slowly or not at all
 * @param idle how long a connection without a request stays open
 * @param headers how long the headers of a request may take
 * @param shutdown how long closing waits for requests in flight
 * @param selfTestPause between attempts of the self test, while the tunnel's edge may not be ready yet
 */
public record UploadLimits(
        int chunkBytes,
        int workers,
        int queue,
        int connections,
        int requestsPerLeg,
        long minBytesPerSecond,
        Duration grace,
        Duration idle,
        Duration headers,
        Duration shutdown,
        Duration selfTestPause) {

    /** The protocol's chunk size and what suits a dozen legs. */
    public static final UploadLimits DEFAULT = new UploadLimits(
            8 << 20,
            16,
            64,
            4096,
            1 << 17,
            16 << 10,
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1));

    public UploadLimits {
        if (chunkBytes < 1 || workers < 1 || queue < 1 || connections < 2 || requestsPerLeg < 1) {
            throw new IllegalArgumentException("A limit of the upload endpoint is too small.");
        }
    }

    /** The same with less or more patience for bodies. */
    UploadLimits withGrace(Duration other) {
        return new UploadLimits(
                chunkBytes,
                workers,
                queue,
                connections,
                requestsPerLeg,
                minBytesPerSecond,
                other,
                idle,
                headers,
                shutdown,
                selfTestPause);
    }
}

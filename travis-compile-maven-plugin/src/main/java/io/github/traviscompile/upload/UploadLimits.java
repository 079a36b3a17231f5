package io.github.traviscompile.upload;

import java.time.Duration;

/**
 * The limits of the endpoint.
 *
 * @param chunkBytes the most plain text in one chunk
 * @param workers the number of requests served concurrently
 * @param queue the number of requests that may wait for a worker, at least 1; more get the answer 503
 * @param connections the most concurrent connections
 * @param requestsPerLeg the most authenticated requests of one leg; bounds the memory for nonces
 * @param minBytesPerSecond the minimum rate of a body, once {@code grace} is over; a slower one is cut off
 * @param grace how long a body may be slow or silent
 * @param idle how long a connection without a request stays open
 * @param headers the timeout for the headers of a request
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

    /** The protocol's chunk size, and limits for a dozen legs. */
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

    /** Returns these limits with another grace period for bodies. */
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

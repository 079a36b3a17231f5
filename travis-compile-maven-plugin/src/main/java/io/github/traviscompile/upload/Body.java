package io.github.traviscompile.upload;

import io.github.traviscompile.model.Sha256;
import io.undertow.server.HttpServerExchange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xnio.channels.StreamSourceChannel;

/** Reads the bodies of authenticated requests, in constant memory and within a bounded time. */
final class Body {

    /** Receives the body in pieces. */
    interface Sink {
        void accept(byte[] bytes, int length);
    }

    static final int BUFFER_BYTES = 128 << 10;

    private static final int POLL_MILLIS = 500;

    private final UploadLimits limits;
    private final LongSupplier nanoClock;

    Body(UploadLimits limits, LongSupplier nanoClock) {
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    /**
     * Reads the body to its declared end, in a thread that may block.
     *
     * @return whether the body has the digest that was declared and signed
     * @throws IOException if the body ends early or arrives too slowly
     */
    boolean read(HttpServerExchange exchange, SignedRequest request, Sink sink) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        if (request.length() > 0) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(request.length(), BUFFER_BYTES));
            StreamSourceChannel channel = exchange.getRequestChannel();
            long start = nanoClock.getAsLong();
            for (long received = 0; received < request.length(); ) {
                int n = channel.read(buffer.clear());
                if (n < 0) {
                    throw new EOFException("The body ended after " + received + " bytes.");
                } else if (n == 0) {
                    channel.awaitReadable(POLL_MILLIS, TimeUnit.MILLISECONDS);
                }
                digest.update(buffer.array(), 0, n);
                sink.accept(buffer.array(), n);
                received += n;
                requirePace(received, nanoClock.getAsLong() - start);
            }
            // Undertow treats a request as complete once a read has returned -1.
            channel.read(buffer.clear());
        }
        return Sha256.of(digest).hex().equals(request.bodySha256());
    }

    private void requirePace(long received, long nanos) throws IOException {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (seconds > limits.grace().toSeconds() && received < seconds * limits.minBytesPerSecond()) {
            throw new IOException("The body arrives too slowly: " + received + " bytes in " + seconds + " s.");
        }
    }
}

package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ServiceBusyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Reads files of any size over HTTP, with an end to every wait for more of one and to its size; never redirected. */
final class FileDownload {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();
    private final Duration patience;

    /** More came than was agreed. */
    static final class TooLargeException extends Exception {
        TooLargeException() {
            super("A file is larger than agreed.");
        }
    }

    /** @param patience for the begin of the answer, and then for each part of it */
    FileDownload(Duration patience) {
        this.patience = patience;
    }

    /**
     * One attempt. The request says nothing but what is wanted.
     *
     * @throws ServiceBusyException if it does not come whole
     * @throws IOException if it cannot be written
     */
    void download(URI from, Path file, long maxBytes)
            throws ServiceBusyException, TooLargeException, IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            AtomicLong received = new AtomicLong();
            CompletableFuture<Integer> trouble = new CompletableFuture<>();
            CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                    HttpRequest.newBuilder(from).GET().timeout(patience).build(),
                    head -> BodySubscribers.ofByteArrayConsumer(part -> part.filter(bytes -> !trouble.isDone())
                            .ifPresent(bytes -> write(bytes, channel, received, maxBytes, trouble))));
            try {
                int status = await(
                        exchange.thenApply(HttpResponse::statusCode).applyToEither(trouble, end -> end), received);
                if (status != 200) {
                    throw new ServiceBusyException("answered with status " + status, Duration.ZERO, null);
                }
            } finally {
                exchange.cancel(true);
            }
        }
    }

    private static void write(
            byte[] bytes, FileChannel channel, AtomicLong received, long maxBytes, CompletableFuture<Integer> trouble) {
        if (received.addAndGet(bytes.length) > maxBytes) {
            trouble.completeExceptionally(new TooLargeException());
            return;
        }
        try {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            trouble.completeExceptionally(new Unwritten(e));
        }
    }

    /** As long as more of it comes. */
    private int await(CompletableFuture<Integer> end, AtomicLong received)
            throws ServiceBusyException, TooLargeException, IOException, InterruptedException {
        while (true) {
            long before = received.get();
            try {
                return end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (received.get() == before) {
                    throw new ServiceBusyException("sent nothing for " + patience.toSeconds() + " s", Duration.ZERO, e);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TooLargeException tooLarge) {
                    throw tooLarge;
                } else if (e.getCause() instanceof Unwritten unwritten) {
                    throw unwritten.reason;
                }
                throw new ServiceBusyException("broke off after " + received.get() + " bytes", Duration.ZERO, e);
            }
        }
    }

    /** Tells a disk that fails from a network that does. */
    private static final class Unwritten extends Exception {

        private final IOException reason;

        private Unwritten(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}

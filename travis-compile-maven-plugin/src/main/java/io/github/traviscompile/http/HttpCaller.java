package io.github.traviscompile.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The only HTTP client. Bounds each exchange in time and size. Follows no redirect, because the token would go along.
 * Remembers replies by their ETag: an unchanged one costs nothing of a rate limit. Any thread may use it.
 */
public final class HttpCaller {

    /** Services refuse clients without a name of their own. */
    private static final String USER_AGENT = "travis-compile-maven-plugin";

    /** Larger than any expected reply, including a job's log; the rest of a longer body is dropped. */
    private static final int LARGEST_BODY = 16 << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration SHORTENED = Duration.ofSeconds(2);
    private static final int MOST_REMEMBERED = 64;
    private static final int LARGEST_REMEMBERED = 1 << 20;

    private final HttpSettings settings;
    private final HttpClient client;
    private final Map<URI, HttpReply> remembered = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, HttpReply> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean shortened;

    /** Sends no request yet. */
    public HttpCaller(HttpSettings settings) {
        Duration request = settings.timeouts().request();
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .proxy(settings.proxies())
                .connectTimeout(request.compareTo(CONNECTING) < 0 ? request : CONNECTING)
                .build();
    }

    public HttpSettings settings() {
        return settings;
    }

    /** Limits each further request to the time that a user waits after Ctrl-C. */
    public void shortenTimeouts() {
        shortened = true;
    }

    public boolean isShortened() {
        return shortened;
    }

    /** Returns the current time limit of one exchange. */
    public Duration limit() {
        return shortened ? SHORTENED : settings.timeouts().request();
    }

    /** Returns the server's time, by the header {@code Date} of its latest reply. */
    public Instant serverTime() {
        return settings.clock().instant().plus(ahead);
    }

    /**
     * Makes one exchange and returns the reply, with any status.
     *
     * @param body if empty, the request has none
     * @param limit from the start of the connection to the end of the reply
     * @throws ServiceBusyException if there is no complete reply
     */
    public HttpReply exchange(String method, URI address, Map<String, String> headers, byte[] body, Duration limit)
            throws ServiceBusyException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("User-Agent", USER_AGENT);
        headers.forEach(request::setHeader);
        boolean get = method.equals("GET");
        @Nullable HttpReply known = get ? remembered.get(address) : null;
        if (known != null) {
            known.header("etag").ifPresent(etag -> request.setHeader("If-None-Match", etag));
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        HttpResponse<Void> response;
        try {
            response = receive(request.build(), limit, true, part -> {
                if (kept.size() + part.length <= LARGEST_BODY) {
                    kept.writeBytes(part);
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("Memory takes every part.", e);
        }
        HttpReply reply = new HttpReply(
                address.getHost(),
                address.getPath(),
                response.statusCode(),
                response.headers().map(),
                kept.toString(StandardCharsets.UTF_8));
        reply.date("date")
                .ifPresent(theirs -> ahead = Duration.between(settings.clock().instant(), theirs));
        if (reply.status() == 304 && known != null) {
            return known;
        }
        if (get && reply.status() == 200 && reply.header("etag").isPresent() && kept.size() <= LARGEST_REMEMBERED) {
            remembered.put(address, reply);
        }
        return reply;
    }

    /** A body has more bytes than agreed. */
    public static final class TooLargeException extends IOException {}

    /**
     * Reads a file of any size in one attempt, without a token. Only a part that does not arrive in time ends it.
     *
     * @throws ServiceBusyException if the file does not arrive complete
     * @throws TooLargeException if it has more than {@code maxBytes}
     * @throws IOException if {@code file} cannot be written
     */
    public void download(URI from, Path file, long maxBytes)
            throws ServiceBusyException, IOException, InterruptedException {
        AtomicLong written = new AtomicLong();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            HttpResponse<Void> response = receive(HttpRequest.newBuilder(from).build(), limit(), false, part -> {
                if (written.addAndGet(part.length) > maxBytes) {
                    throw new TooLargeException();
                }
                for (ByteBuffer buffer = ByteBuffer.wrap(part); buffer.hasRemaining(); ) {
                    channel.write(buffer);
                }
            });
            if (response.statusCode() != 200) {
                throw new ServiceBusyException("answered with status " + response.statusCode(), Duration.ZERO, null);
            }
        }
    }

    /** Receives one part of a body. */
    private interface Sink {
        void take(byte[] part) throws IOException;
    }

    /**
     * @param whole whether {@code limit} applies to the whole exchange instead of each part
     * @throws IOException if {@code sink} throws it
     */
    private HttpResponse<Void> receive(HttpRequest request, Duration limit, boolean whole, Sink sink)
            throws ServiceBusyException, IOException, InterruptedException {
        AtomicLong received = new AtomicLong();
        CompletableFuture<HttpResponse<Void>> refused = new CompletableFuture<>();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request,
                head -> BodySubscribers.ofByteArrayConsumer(part -> part.filter(bytes -> !refused.isDone())
                        .ifPresent(bytes -> {
                            received.addAndGet(bytes.length);
                            try {
                                sink.take(bytes);
                            } catch (IOException e) {
                                refused.completeExceptionally(e);
                            }
                        })));
        CompletableFuture<HttpResponse<Void>> end = exchange.applyToEither(refused, response -> response);
        try {
            while (true) {
                long before = received.get();
                try {
                    return end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (whole || received.get() == before) {
                        String silent =
                                (whole ? "did not answer within " : "sent nothing for ") + limit.toSeconds() + " s";
                        throw new ServiceBusyException(silent, Duration.ZERO, null);
                    }
                }
            }
        } catch (ExecutionException e) {
            if (refused.isCompletedExceptionally() && e.getCause() instanceof IOException failure) {
                throw failure;
            }
            String broken = received.get() == 0
                    ? "did not answer (" + inWords(e.getCause()) + ")"
                    : "broke off after " + received.get() + " bytes";
            throw new ServiceBusyException(broken, Duration.ZERO, e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    /** Describes a failed connection by its kind and, if present, its message. */
    private static String inWords(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        String kind = cause.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }
}

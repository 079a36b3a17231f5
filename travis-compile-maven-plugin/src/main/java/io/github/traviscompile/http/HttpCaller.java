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
 * The one HTTP client: bounds each exchange in time and size, and follows no redirect, because a token would go along. It
 * remembers replies by their ETag: an unchanged one costs nothing of a rate limit. Any thread may use it.
 */
public final class HttpCaller {

    /** Services refuse clients without a name of their own. */
    private static final String USER_AGENT = "travis-compile-maven-plugin";

    /** More than any answer that is waited for, the log of a job among them; what comes after is not kept. */
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

    /** A client that asks nothing yet. */
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

    /** From now on waits for no answer longer than a user does who pressed Ctrl-C. */
    public void shortenTimeouts() {
        shortened = true;
    }

    public boolean isShortened() {
        return shortened;
    }

    /** How long one answer may take now. */
    public Duration limit() {
        return shortened ? SHORTENED : settings.timeouts().request();
    }

    /** The server's clock, by the header {@code Date} of its latest answer. */
    public Instant serverTime() {
        return settings.clock().instant().plus(ahead);
    }

    /**
     * One exchange, whatever the reply's status.
     *
     * @param body none where it is empty
     * @param limit from the begin of the connection to the end of the answer
     * @throws ServiceBusyException if there is no whole answer
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
     * Reads a file of any size in one attempt, as long as more of it comes. The request shows no token.
     *
     * @throws ServiceBusyException if it does not come whole
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

    /** Takes one part of a body. */
    private interface Sink {
        void take(byte[] part) throws IOException;
    }

    /**
     * @param whole whether {@code limit} is for the whole exchange, and not for each part of it
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

    /** The kind of a failed connection and, where it has one, its message. */
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

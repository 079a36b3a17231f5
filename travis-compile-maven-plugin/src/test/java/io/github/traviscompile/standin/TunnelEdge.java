package io.github.traviscompile.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The web server at a tunnel's public end: passes requests on to the endpoint, or does what such servers also do. */
public final class TunnelEdge implements AutoCloseable {

    /** What comes back instead of the endpoint's answer. */
    public record Page(int status, Map<String, String> headers, String body) {}

    /** What the edge does with a request. */
    @FunctionalInterface
    public interface Behaviour {

        /** Answers or passes on; called for each request with the size of its body. */
        void handle(TunnelEdge edge, HttpExchange exchange, byte[] body) throws IOException, InterruptedException;
    }

    public static final Behaviour PASS = TunnelEdge::pass;
    public static final Behaviour HANG_UP = (edge, exchange, body) -> exchange.close();

    private static final List<String> OWN_HEADERS =
            List.of("host", "content-length", "connection", "expect", "upgrade");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    /** The sizes of all bodies that came, in order. */
    public final List<Integer> bodies = new CopyOnWriteArrayList<>();

    private volatile Behaviour behaviour = PASS;

    public TunnelEdge(URI endpoint) throws IOException {
        this.endpoint = endpoint;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Always the same page. */
    public static Behaviour always(Page page) {
        return (edge, exchange, body) -> answer(exchange, page);
    }

    /** 413 for bodies above {@code bytes}, as nginx does by {@code client_max_body_size}. */
    public static Behaviour limit(int bytes) {
        return (edge, exchange, body) -> {
            if (body.length > bytes) {
                answer(exchange, new Page(413, Map.of("Content-Type", "text/html"), "<h1>413</h1>"));
            } else {
                edge.pass(exchange, body);
            }
        };
    }

    public TunnelEdge behave(Behaviour next) {
        behaviour = next;
        return this;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(body.length);
        try {
            behaviour.handle(this, exchange, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = send(request.build());
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    /**
     * The endpoint refuses strangers before it has read what they send, and closes. A web server reads the refusal all the
     * same; the JDK's client at times only sees that it cannot write on.
     */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        for (int left = 5; ; left--) {
            try {
                return client.send(request, BodyHandlers.ofByteArray());
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        page.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, page.status(), page.body().getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

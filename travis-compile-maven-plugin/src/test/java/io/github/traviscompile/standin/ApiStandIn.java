package io.github.traviscompile.standin;

import com.google.gson.Gson;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The API of a service that answers in JSON, notes who asked, and fails where a test wants it to. Closed by whoever made it. */
public abstract class ApiStandIn implements AutoCloseable {

    /** One request as it came. */
    public record Seen(String method, String path, String userAgent) {}

    private record Fault(String pathPart, int status, String body, String retryAfter) {}

    private final Undertow server;
    private final Gson gson = new Gson();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private volatile Optional<Fault> lasting = Optional.empty();

    /** Starts on a free port. */
    ApiStandIn() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new BlockingHandler(this::handle))
                .setWorkerThreads(4)
                .setIoThreads(1)
                .build();
        server.start();
    }

    /** The base of the API. */
    public URI uri() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The next {@code times} requests whose path holds {@code pathPart} get {@code status}. */
    public void fail(String pathPart, int times, int status, String body, String retryAfter) {
        synchronized (faults) {
            for (int i = 0; i < times; i++) {
                faults.add(new Fault(pathPart, status, body, retryAfter));
            }
        }
    }

    /** From now on every request whose path holds {@code pathPart} gets {@code status}. */
    public void failForEver(String pathPart, int status, String body) {
        lasting = Optional.of(new Fault(pathPart, status, body, ""));
    }

    public void heal() {
        lasting = Optional.empty();
        synchronized (faults) {
            faults.clear();
        }
    }

    private void handle(HttpServerExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().toString();
        String path = exchange.getRequestURI();
        String query = exchange.getQueryString();
        String whole = query.isEmpty() ? path : path + "?" + query;
        seen.add(new Seen(method, whole, header(exchange, "User-Agent")));
        Optional<Fault> fault = nextFault(whole);
        if (fault.isPresent()) {
            if (!fault.get().retryAfter().isEmpty()) {
                exchange.getResponseHeaders()
                        .put(new HttpString("Retry-After"), fault.get().retryAfter());
            }
            send(exchange, fault.get().status(), fault.get().body());
        } else {
            answer(exchange, method, path, query);
        }
    }

    /** Answers a request that is not to fail. */
    abstract void answer(HttpServerExchange exchange, String method, String path, String query) throws IOException;

    private Optional<Fault> nextFault(String path) {
        Optional<Fault> always = lasting.filter(fault -> path.contains(fault.pathPart()));
        synchronized (faults) {
            Fault next = faults.peek();
            if (always.isEmpty() && next != null && path.contains(next.pathPart())) {
                return Optional.of(faults.remove());
            }
        }
        return always;
    }

    static String header(HttpServerExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    void json(HttpServerExchange exchange, int status, Object document) {
        send(exchange, status, gson.toJson(document));
    }

    static void send(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop();
    }
}

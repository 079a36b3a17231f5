package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.traviscompile.git.RemoteBranches;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * GitHub as far as the plugin uses it: git over smart HTTP on real bare repositories, and the REST calls, with state.
 * Every exchange with the API is judged by GitHub's own description of it, so that stand-in and plugin cannot agree
 * on something that GitHub does not say. Whoever started it closes it, and learns then what was wrong.
 */
public final class GitHubStandIn implements AutoCloseable {

    private static final String API = "/api/v3";
    private static final int WORKERS = 8;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Logger> quieted = java.util.stream.Stream.of("io.undertow", "org.jboss", "org.xnio")
            .map(Logger::getLogger)
            .toList();

    final InstantSource clock;

    private final Path directory;
    private final Map<String, StandInRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, StandInToken> tokens = new ConcurrentHashMap<>();
    private final List<Scripted> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final GitHubRest rest;
    private final ActionsStandIn actions;
    private final Undertow undertow;
    private volatile Consumer<GitHubEvent> listener = event -> {};
    private final URI uri;

    /** The version of the Enterprise Server that it claims to be. */
    public volatile Optional<String> enterprise = Optional.empty();

    /** Requests that the token has left in this hour. */
    public final AtomicInteger remaining = new AtomicInteger(5000);

    private GitHubStandIn(Path directory, InstantSource clock) throws IOException, IllegalAccessException {
        // JGit looks at the machine when it is first used, unless the plugin's own reader stands before it.
        MethodHandles.lookup().ensureInitialized(RemoteBranches.class);
        quieted.forEach(logger -> logger.setLevel(Level.WARNING));
        this.directory = directory;
        this.clock = clock;
        this.rest = new GitHubRest(this);
        this.actions = new ActionsStandIn(this, directory);
        this.undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new BlockingHandler(this::handle))
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .build();
        undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        this.uri = URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** Starts it on a free port, with repositories below {@code directory}. */
    public static GitHubStandIn start(Path directory, InstantSource clock) throws Exception {
        return new GitHubStandIn(directory, clock);
    }

    /** For the parameter {@code githubApiUrl}. */
    public URI api() {
        return URI.create(uri + API);
    }

    /** For the parameter {@code githubWebUrl}; below it git finds the repositories. */
    public URI web() {
        return uri;
    }

    /** An empty repository. */
    public StandInRepository add(String fullName, boolean isPrivate) throws IOException {
        StandInRepository repository = new StandInRepository(directory.resolve(fullName + ".git"), fullName, isPrivate);
        repositories.put(fullName, repository);
        return repository;
    }

    public void add(StandInToken token) {
        tokens.put(token.value(), token);
    }

    public void remove(StandInToken token) {
        tokens.remove(token.value());
    }

    public void fault(Fault fault) {
        faults.add(new Scripted(fault, new AtomicInteger(fault.times())));
    }

    public void heal() {
        faults.clear();
    }

    /** From now on tells {@code service}, as a webhook does, of what happens to branches and pull requests. */
    public void tell(Consumer<GitHubEvent> service) {
        listener = service;
    }

    /** Its Actions. */
    public ActionsStandIn actions() {
        return actions;
    }

    void happened(GitHubEvent event) {
        actions.happened(event);
        listener.accept(event);
    }

    /** Method and target of every request so far. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    Optional<StandInRepository> repository(String fullName) {
        return Optional.ofNullable(repositories.get(fullName));
    }

    URI uri() {
        return uri;
    }

    private void handle(HttpServerExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().toString();
        String target =
                exchange.getRequestURI() + (exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString());
        requests.add(method + " " + target);
        Optional<Fault> fault = faults.stream()
                .filter(scripted -> scripted.fault().on().test(method, target))
                .filter(scripted -> scripted.left().getAndDecrement() > 0)
                .map(Scripted::fault)
                .findFirst();
        Optional<Fault.Kind> kind = fault.map(Fault::kind);
        if (kind.equals(Optional.of(Fault.Kind.CLOSE))) {
            IoUtils.safeClose(exchange.getConnection());
            return;
        }
        exchange.getResponseHeaders().put(Headers.DATE, HTTP_DATE.format(clock.instant()));
        if (kind.equals(Optional.of(Fault.Kind.ANSWER))) {
            send(exchange, fault.orElseThrow());
            return;
        }
        String path = exchange.getRequestPath();
        byte[] body = path.startsWith(API)
                ? api(exchange)
                : ActionsStandIn.serves(path) ? actions.serve(exchange) : git(exchange);
        if (kind.equals(Optional.of(Fault.Kind.LOSE_ANSWER))) {
            IoUtils.safeClose(exchange.getConnection());
        } else if (kind.equals(Optional.of(Fault.Kind.CUT))) {
            exchange.setResponseContentLength(body.length);
            exchange.getOutputStream().write(body, 0, body.length / 2);
            exchange.getOutputStream().flush();
            IoUtils.safeClose(exchange.getConnection());
        } else if (kind.equals(Optional.of(Fault.Kind.ANSWER_AFTER))) {
            send(exchange, fault.orElseThrow());
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(body));
        }
    }

    private static void send(HttpServerExchange exchange, Fault fault) {
        exchange.setStatusCode(fault.status());
        fault.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseSender().send(fault.body());
    }

    private byte[] api(HttpServerExchange exchange) throws IOException {
        byte[] content = exchange.getInputStream().readAllBytes();
        JsonNode request = content.length == 0 ? null : JSON.readTree(content);
        String path = exchange.getRequestPath().substring(API.length());
        GitHubRest.Reply reply = rest.answer(exchange, path, request, token(exchange));
        complaints.addAll(rest.description.judge(
                exchange.getRequestMethod().toString(),
                GitHubRest.template(path),
                exchange.getQueryParameters(),
                request,
                reply.status(),
                reply.body()));
        byte[] body = reply.body() == null ? new byte[0] : JSON.writeValueAsBytes(reply.body());
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        return body;
    }

    private Optional<StandInToken> token(HttpServerExchange exchange) {
        String value = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (value == null) {
            return Optional.empty();
        }
        String credential = value.substring(value.indexOf(' ') + 1);
        if (value.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
            credential = pair.substring(pair.indexOf(':') + 1);
        }
        return Optional.of(tokens.getOrDefault(credential, StandInToken.fineGrained("")));
    }

    private byte[] git(HttpServerExchange exchange) throws IOException {
        String path = exchange.getRequestPath();
        int end = path.indexOf(".git/");
        StandInRepository repository = end < 0 ? null : repositories.get(path.substring(1, end));
        Optional<StandInToken> token = token(exchange);
        boolean wrongToken = token.isPresent() && token.get().value().isEmpty();
        java.util.Deque<String> asked = exchange.getQueryParameters().get("service");
        String service = asked == null ? path.substring(path.lastIndexOf('/') + 1) : asked.getFirst();
        boolean push = service.equals("git-receive-pack");
        if (wrongToken || (token.isEmpty() && (repository == null || repository.isPrivate || push))) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"GitHub\"");
            return plain(exchange, 401, "Invalid username or token.");
        }
        if (repository == null || !mayRead(repository, token.orElse(null))) {
            return plain(exchange, 404, "Repository not found.");
        }
        if (repository.movedTo.isPresent()) {
            exchange.getResponseHeaders()
                    .put(Headers.LOCATION, uri + "/" + repository.movedTo.get() + path.substring(end));
            return plain(exchange, 301, "");
        }
        if (push && !token.orElseThrow().rights().contains(StandInToken.Right.PUSH)) {
            return plain(exchange, 403, "Permission to " + repository.fullName + " denied to alice.");
        }
        StandInToken pusher = token.orElse(StandInToken.fineGrained(""));
        byte[] body = SmartGit.serve(exchange, repository, pusher, service, this::happened);
        if (push) {
            rest.branchesChanged(repository);
        }
        return body;
    }

    static boolean mayRead(StandInRepository repository, @Nullable StandInToken token) {
        return !repository.isPrivate || (token != null && token.rights().contains(StandInToken.Right.READ));
    }

    private static byte[] plain(HttpServerExchange exchange, int status, String text) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Someone merges a pull request by hand. */
    public void merge(StandInRepository repository, int number, String login) {
        rest.merge(repository, number, login);
    }

    /** Ends it, and fails if an exchange with the API was not as GitHub describes it. */
    @Override
    public void close() {
        actions.close();
        undertow.stop();
        repositories.values().forEach(StandInRepository::close);
        if (!complaints.isEmpty()) {
            throw new AssertionError(
                    "Not as GitHub describes its API:\n" + String.join("\n", new TreeSet<>(complaints)));
        }
    }

    private record Scripted(Fault fault, AtomicInteger left) {}
}

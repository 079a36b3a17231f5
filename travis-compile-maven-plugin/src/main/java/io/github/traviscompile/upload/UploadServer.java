package io.github.traviscompile.upload;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.WorkFailedException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.handlers.RequestLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.xnio.Options;

/**
 * The endpoint of the protocol {@code tcmp1}. Receives the files of a run's legs, each with its own key, on a free port
 * of the loopback address. The opener closes it; closing ends the requests in flight within a bound and deletes
 * nothing.
 */
public final class UploadServer implements AutoCloseable {

    /** The prefix of this server's thread names. */
    static final String THREADS = "travis-compile-upload";

    private static final String HOST = "127.0.0.1";
    private static final int IO_THREADS = 2;
    private static final int HTTP_BUFFER_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int MAX_HEADERS = 32;
    private static final Duration IDLE_WITHIN_REQUEST = Duration.ofSeconds(60);

    /** Short, because handshakes are small and come from unauthenticated senders. */
    private static final Duration HANDSHAKE_GRACE = Duration.ofSeconds(2);

    /** The log manager keeps a logger's level only while the logger is referenced. */
    private final List<Logger> quietLoggers = Stream.of("io.undertow", "org.jboss", "org.xnio", "org.xnio.listener")
            .map(Logger::getLogger)
            .toList();

    private final Map<String, LegSession> sessions = new HashMap<>();
    private final RequestAuthenticator authenticator;
    private final Undertow undertow;
    private final URI uri;
    private final EndpointProbe selfTest;

    private UploadServer(
            RunId run,
            List<LegAccount> legs,
            UploadStorage storage,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Optional<Handshake> handshake,
            LongSupplier nanoClock) {
        for (Logger logger : quietLoggers) {
            logger.setLevel(Level.WARNING);
            // XNIO logs an error when a connection arrives while the server closes.
            logger.setFilter(entry -> !(entry.getThrown() instanceof ClosedChannelException));
        }
        SecureRandom random = new SecureRandom();
        for (LegAccount leg : legs) {
            if (leg.key().isEmpty() && handshake.isEmpty()) {
                throw new IllegalArgumentException(
                        "The leg " + leg.leg() + " has no key, and the server accepts no handshakes.");
            }
            if (sessions.put(leg.leg(), session(leg, storage, limits, random, listener)) != null) {
                throw new IllegalArgumentException("The leg " + leg.leg() + " has two accounts.");
            }
        }
        LegSecrets own = LegSecrets.of(LegKey.random(random));
        sessions.put(
                EndpointProbe.LEG,
                new LegSession(
                        EndpointProbe.LEG, Optional.of(own), new NonceMemory(limits.requestsPerLeg()), Map.of()));
        this.selfTest = new EndpointProbe(run, own, limits.chunkBytes(), limits.selfTestPause());
        HttpHandler uploads = new UploadHandler(new Body(limits, nanoClock), limits.chunkBytes(), listener);
        RequestLimit limit = new RequestLimit(limits.workers(), limits.queue());
        limit.setFailureHandler(exchange -> RequestAuthenticator.decline(
                exchange, exchange.getAttachment(RequestAuthenticator.ADMITTED), Response.BUSY));
        // Undertow sends 100-continue when the body is read, and so for genuine requests only.
        HttpHandler admitted = new HttpContinueReadHandler(exchange -> limit.handleRequest(exchange, uploads));
        HandshakeHandler handshakes =
                new HandshakeHandler(new Body(limits.withGrace(HANDSHAKE_GRACE), nanoClock), handshake, nanoClock);
        this.authenticator = new RequestAuthenticator(run, sessions, limits.chunkBytes(), admitted, handshakes);
        this.undertow = undertow(authenticator, port, limits);
        this.undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        this.uri = URI.create("http://" + HOST + ":" + address.getPort());
    }

    /**
     * Opens the endpoint of one run.
     *
     * @param listener receives the legs' actions in the threads that serve them; must be quick
     */
    public static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage storage,
            UploadLimits limits,
            Consumer<UploadEvent> listener)
            throws CrossCompileException {
        return open(run, legs, storage, 0, limits, listener);
    }

    /**
     * Opens the endpoint of one run at a given port.
     *
     * @param port on the loopback address; 0 takes a free one
     * @throws ActionNeededException if the port is taken
     */
    public static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage storage,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener)
            throws CrossCompileException {
        return open(run, legs, storage, port, limits, listener, Optional.empty(), System::nanoTime);
    }

    /**
     * Opens the endpoint of one run, some legs of which may come without a key.
     *
     * @param port on the loopback address; 0 takes a free one
     * @param handshake the endpoint's means to accept those legs
     * @throws ActionNeededException if the port is taken
     */
    public static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage storage,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Handshake handshake)
            throws CrossCompileException {
        return open(run, legs, storage, port, limits, listener, Optional.of(handshake), System::nanoTime);
    }

    static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage storage,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Optional<Handshake> handshake,
            LongSupplier nanoClock)
            throws CrossCompileException {
        try {
            return new UploadServer(run, legs, storage, port, limits, listener, handshake, nanoClock);
        } catch (RuntimeException e) {
            if (port != 0 && e.getCause() instanceof BindException cause) {
                throw new ActionNeededException(
                        "The endpoint for the legs' files cannot listen on " + HOST + ":" + port + ": "
                                + cause.getMessage()
                                + ". Another run may use the port: wait for it, or set another port in "
                                + Parameter.RECEIVER_PORT + "; the tunnel must then lead to that port.",
                        cause);
            }
            if (e.getCause() instanceof IOException cause) {
                throw new WorkFailedException(
                        "The endpoint for the legs' files cannot listen on " + HOST + ": " + cause + ".", cause);
            }
            throw e;
        }
    }

    /** Returns the endpoint's local address, {@code http://127.0.0.1:<port>} without a path. */
    public URI uri() {
        return uri;
    }

    /**
     * Calls this endpoint through its public address, as a leg would.
     *
     * @param publicUri {@code https://host[:port]}, which no message repeats
     * @param within the time limit for the tunnel to become ready
     * @return the largest chunk that gets through, in bytes; less than the protocol's if the tunnel's edge limits
     *     bodies, which only costs time
     * @throws CrossCompileException if no server answers, or another one: then no leg could deliver
     */
    public int selfTest(URI publicUri, Duration within) throws CrossCompileException, InterruptedException {
        return selfTest.largestChunk(publicUri, within);
    }

    @Override
    public void close() {
        authenticator.close();
        undertow.stop();
        for (LegSession session : sessions.values()) {
            for (OutputTransfer transfer : session.transfers().values()) {
                try {
                    transfer.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("A partial file cannot be closed.", e);
                }
            }
        }
    }

    private static LegSession session(
            LegAccount leg,
            UploadStorage storage,
            UploadLimits limits,
            SecureRandom random,
            Consumer<UploadEvent> listener) {
        Map<String, OutputTransfer> transfers = new HashMap<>();
        for (Output output : leg.outputs()) {
            transfers.put(output.id(), new OutputTransfer(leg.leg(), output, storage, random, listener));
        }
        return new LegSession(
                leg.leg(), leg.key().map(LegSecrets::of), new NonceMemory(limits.requestsPerLeg()), transfers);
    }

    private static Undertow undertow(HttpHandler root, int port, UploadLimits limits) {
        long maxEntity = limits.chunkBytes() + 64L;
        return Undertow.builder()
                .addHttpListener(port, HOST, root)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(limits.workers())
                .setBufferSize(HTTP_BUFFER_BYTES)
                // Undertow frees direct buffers by a method that newer JDKs warn about on every run.
                .setDirectBuffers(false)
                .setWorkerOption(Options.WORKER_NAME, THREADS)
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connections())
                .setSocketOption(Options.CONNECTION_LOW_WATER, limits.connections() - 1)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, maxEntity)
                .setServerOption(UndertowOptions.MULTIPART_MAX_ENTITY_SIZE, maxEntity)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 1)
                .setServerOption(UndertowOptions.MAX_COOKIES, 1)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, millis(limits.headers()))
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, millis(limits.idle()))
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, millis(IDLE_WITHIN_REQUEST))
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, millis(limits.shutdown()))
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .build();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}

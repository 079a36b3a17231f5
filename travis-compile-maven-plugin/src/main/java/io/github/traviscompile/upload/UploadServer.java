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
 * The endpoint of the protocol {@code tcmp1}: takes the files of a run's legs, each with its own key, on a free port of
 * the loopback address. Closed by whoever opened it; closing ends the requests in flight within a bound and deletes
 * nothing.
 */
public final class UploadServer implements AutoCloseable {

    /** How the names of this server's threads begin. */
    static final String THREADS = "travis-compile-upload";

    private static final String HOST = "127.0.0.1";
    private static final int IO_THREADS = 2;
    private static final int HTTP_BUFFER_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int MAX_HEADERS = 32;
    private static final Duration IDLE_WITHIN_REQUEST = Duration.ofSeconds(60);

    /** A hello is small, and whoever sends it need not be a leg. */
    private static final Duration HELLO = Duration.ofSeconds(2);

    /** Java keeps a logger's level only for as long as someone holds the logger. */
    private final List<Logger> quieted = Stream.of("io.undertow", "org.jboss", "org.xnio", "org.xnio.listener")
            .map(Logger::getLogger)
            .toList();

    private final Map<String, LegSession> sessions = new HashMap<>();
    private final RequestAuthenticator gate;
    private final Undertow undertow;
    private final URI uri;
    private final EndpointProbe selfTest;

    private UploadServer(
            RunId run,
            List<LegAccount> legs,
            UploadStorage inbox,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Optional<Handshake> hellos,
            LongSupplier nanoClock) {
        for (Logger logger : quieted) {
            logger.setLevel(Level.WARNING);
            // XNIO takes it for an error when a connection comes in while the server closes.
            logger.setFilter(entry -> !(entry.getThrown() instanceof ClosedChannelException));
        }
        SecureRandom random = new SecureRandom();
        for (LegAccount leg : legs) {
            if (leg.key().isEmpty() && hellos.isEmpty()) {
                throw new IllegalArgumentException("The leg " + leg.leg() + " has no key and nobody to say hello to.");
            }
            if (sessions.put(leg.leg(), session(leg, inbox, limits, random, listener)) != null) {
                throw new IllegalArgumentException("The leg " + leg.leg() + " has two accounts.");
            }
        }
        LegSecrets own = LegSecrets.of(LegKey.random(random));
        sessions.put(
                EndpointProbe.LEG,
                new LegSession(
                        EndpointProbe.LEG, Optional.of(own), new NonceMemory(limits.requestsPerLeg()), Map.of()));
        this.selfTest = new EndpointProbe(run, own, limits.chunkBytes(), limits.selfTestPause());
        HttpHandler desk = new UploadHandler(new Body(limits, nanoClock), limits.chunkBytes(), listener);
        RequestLimit limit = new RequestLimit(limits.workers(), limits.queue());
        limit.setFailureHandler(exchange -> RequestAuthenticator.decline(
                exchange, exchange.getAttachment(RequestAuthenticator.ADMITTED), Response.BUSY));
        // 100-continue is answered when the body is read, and so to genuine requests only.
        HttpHandler admitted = new HttpContinueReadHandler(exchange -> limit.handleRequest(exchange, desk));
        HandshakeHandler helloDesk =
                new HandshakeHandler(new Body(limits.withGrace(HELLO), nanoClock), hellos, nanoClock);
        this.gate = new RequestAuthenticator(run, sessions, limits.chunkBytes(), admitted, helloDesk);
        this.undertow = undertow(gate, port, limits);
        this.undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        this.uri = URI.create("http://" + HOST + ":" + address.getPort());
    }

    /**
     * Opens the endpoint of one run.
     *
     * @param listener told what the legs do, from the threads that serve them; must be quick
     */
    public static UploadServer open(
            RunId run, List<LegAccount> legs, UploadStorage inbox, UploadLimits limits, Consumer<UploadEvent> listener)
            throws CrossCompileException {
        return open(run, legs, inbox, 0, limits, listener);
    }

    /**
     * Opens the endpoint of one run at a certain port.
     *
     * @param port on the loopback address; 0 takes a free one
     * @throws ActionNeededException if the port is taken
     */
    public static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage inbox,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener)
            throws CrossCompileException {
        return open(run, legs, inbox, port, limits, listener, Optional.empty(), System::nanoTime);
    }

    /**
     * Opens the endpoint of one run, some legs of which may come without a key.
     *
     * @param port on the loopback address; 0 takes a free one
     * @param hellos by what those are let in
     * @throws ActionNeededException if the port is taken
     */
    public static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage inbox,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Handshake hellos)
            throws CrossCompileException {
        return open(run, legs, inbox, port, limits, listener, Optional.of(hellos), System::nanoTime);
    }

    static UploadServer open(
            RunId run,
            List<LegAccount> legs,
            UploadStorage inbox,
            int port,
            UploadLimits limits,
            Consumer<UploadEvent> listener,
            Optional<Handshake> hellos,
            LongSupplier nanoClock)
            throws CrossCompileException {
        try {
            return new UploadServer(run, legs, inbox, port, limits, listener, hellos, nanoClock);
        } catch (RuntimeException e) {
            if (port != 0 && e.getCause() instanceof BindException cause) {
                throw new ActionNeededException(
                        "The endpoint for the legs' files cannot listen on " + HOST + ":" + port + ": "
                                + cause.getMessage()
                                + ". Another run may use the port: wait for it, or name another one in "
                                + Parameter.RECEIVER_PORT + ", to which the tunnel must lead then.",
                        cause);
            }
            if (e.getCause() instanceof IOException cause) {
                throw new WorkFailedException(
                        "The endpoint for the legs' files cannot listen on " + HOST + ": " + cause + ".", cause);
            }
            throw e;
        }
    }

    /** Where the endpoint listens, {@code http://127.0.0.1:<port>} without a path. */
    public URI uri() {
        return uri;
    }

    /**
     * Calls this endpoint through its public address, as a leg would.
     *
     * @param publicUri {@code https://host[:port]}, which no message repeats
     * @param within how long the tunnel may take to get ready
     * @return the largest chunk that gets through, in bytes: less than the protocol's where the tunnel's edge limits
     *     bodies, which costs time but nothing else
     * @throws CrossCompileException if nobody answers, or somebody else does: then no leg could deliver
     */
    public int selfTest(URI publicUri, Duration within) throws CrossCompileException, InterruptedException {
        return selfTest.largestChunk(publicUri, within);
    }

    @Override
    public void close() {
        gate.close();
        undertow.stop();
        for (LegSession session : sessions.values()) {
            for (OutputTransfer delivery : session.deliveries().values()) {
                try {
                    delivery.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("A partial file cannot be closed.", e);
                }
            }
        }
    }

    private static LegSession session(
            LegAccount leg,
            UploadStorage inbox,
            UploadLimits limits,
            SecureRandom random,
            Consumer<UploadEvent> listener) {
        Map<String, OutputTransfer> deliveries = new HashMap<>();
        for (Output output : leg.outputs()) {
            deliveries.put(output.id(), new OutputTransfer(leg.leg(), output, inbox, random, listener));
        }
        return new LegSession(
                leg.leg(), leg.key().map(LegSecrets::of), new NonceMemory(limits.requestsPerLeg()), deliveries);
    }

    private static Undertow undertow(HttpHandler root, int port, UploadLimits limits) {
        long maxEntity = limits.chunkBytes() + 64L;
        return Undertow.builder()
                .addHttpListener(port, HOST, root)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(limits.workers())
                .setBufferSize(HTTP_BUFFER_BYTES)
                // Undertow frees direct ones by a method that newer JDKs warn of on every run.
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

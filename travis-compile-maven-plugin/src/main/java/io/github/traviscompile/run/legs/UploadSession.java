package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.upload.Handshake;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import io.github.traviscompile.upload.UploadStorage;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Where the legs of one run deliver: the endpoint, a fresh key for each leg, and what has arrived. Closed by whoever opened
 * it.
 */
public final class UploadSession implements AutoCloseable {

    /** All files of one run together: 16 GiB. */
    private static final long RUN_MAX_BYTES = 16L << 30;

    private final Map<Leg, LegKey> keys;
    private final ReceivedOutputs arrivals;
    private final UploadServer server;
    private final EventPublisher listener;

    private UploadSession(
            Map<Leg, LegKey> keys, ReceivedOutputs arrivals, UploadServer server, EventPublisher listener) {
        this.listener = listener;
        this.keys = keys;
        this.arrivals = arrivals;
        this.server = server;
    }

    /**
     * Opens the endpoint for legs that were given their keys.
     *
     * @param port to listen at on the loopback address; 0 takes a free one
     */
    public static UploadSession open(
            RunId run, List<Leg> legs, int port, WorkDirectory work, EventPublisher listener, InstantSource clock)
            throws CrossCompileException {
        return open(run, legs, port, Optional.empty(), work, listener, clock);
    }

    /**
     * The same for a run some of whose legs come without a key.
     *
     * @param hellos by what those are let in; empty where there are none
     */
    public static UploadSession open(
            RunId run,
            List<Leg> legs,
            int port,
            Optional<Handshake> hellos,
            WorkDirectory work,
            EventPublisher listener,
            InstantSource clock)
            throws CrossCompileException {
        SecureRandom random = new SecureRandom();
        Map<Leg, LegKey> keys = new LinkedHashMap<>();
        List<LegAccount> accounts = new ArrayList<>();
        for (Leg leg : legs) {
            if (saysHello(leg)) {
                accounts.add(LegAccount.awaitingHello(leg.id(), leg.outputs()));
            } else {
                LegKey key = LegKey.random(random);
                keys.put(leg, key);
                accounts.add(new LegAccount(leg.id(), key, leg.outputs()));
            }
        }
        ReceivedOutputs arrivals = new ReceivedOutputs(legs, listener, clock);
        UploadStorage inbox = UploadStorage.open(work.inbox(), RUN_MAX_BYTES);
        UploadServer server = hellos.isPresent()
                ? UploadServer.open(run, accounts, inbox, port, UploadLimits.DEFAULT, arrivals, hellos.get())
                : UploadServer.open(run, accounts, inbox, port, UploadLimits.DEFAULT, arrivals);
        return new UploadSession(keys, arrivals, server, listener);
    }

    /** Whether the leg makes its key itself, since its service proves who it is. */
    static boolean saysHello(Leg leg) {
        return leg.service() == Service.GITHUB_ACTIONS;
    }

    public URI uri() {
        return server.uri();
    }

    /** Of the legs that are given theirs. */
    public Map<Leg, LegKey> keys() {
        return keys;
    }

    /** Makes sure that {@code publicUri} leads here, as {@link UploadServer#selfTest} says. */
    public void selfTest(URI publicUri, Duration within) throws CrossCompileException, InterruptedException {
        server.selfTest(publicUri, within);
    }

    /** Ends as soon as the leg itself says that it failed, without waiting for the service to see it. */
    public CompletionStage<LegEnd> saidFailed(Leg leg, Supplier<String> whereToLook) {
        return arrivals.saidFailed(leg)
                .thenApply(exit -> new LegEnd(leg, exit, "", whereToLook.get(), Optional.empty(), Duration.ZERO));
    }

    /** Waits for all of them; see {@link LegAwaiter#await}. */
    public Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends,
            List<CompletionStage<CrossCompileException>> calamities,
            CrossCompileRequest.Execution running,
            LegAwaiter.Finish finish)
            throws CrossCompileException, InterruptedException {
        return new LegAwaiter(arrivals, running, finish, listener).await(ends, calamities);
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.Announcer;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.upload.Hellos;
import io.github.traviscompile.upload.Inbox;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
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
public final class Reception implements AutoCloseable {

    /** All files of one run together: 16 GiB. */
    private static final long RUN_MAX_BYTES = 16L << 30;

    private final Map<Leg, LegKey> keys;
    private final Arrivals arrivals;
    private final UploadServer server;
    private final Announcer listener;

    private Reception(Map<Leg, LegKey> keys, Arrivals arrivals, UploadServer server, Announcer listener) {
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
    public static Reception open(
            RunId run, List<Leg> legs, int port, WorkDirectory work, Announcer listener, InstantSource clock)
            throws CrossCompileException {
        return open(run, legs, port, Optional.empty(), work, listener, clock);
    }

    /**
     * The same for a run some of whose legs come without a key.
     *
     * @param hellos by what those are let in; empty where there are none
     */
    public static Reception open(
            RunId run,
            List<Leg> legs,
            int port,
            Optional<Hellos> hellos,
            WorkDirectory work,
            Announcer listener,
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
        Arrivals arrivals = new Arrivals(legs, listener, clock);
        Inbox inbox = Inbox.open(work.inbox(), RUN_MAX_BYTES);
        UploadServer server = hellos.isPresent()
                ? UploadServer.open(run, accounts, inbox, port, UploadLimits.DEFAULT, arrivals, hellos.get())
                : UploadServer.open(run, accounts, inbox, port, UploadLimits.DEFAULT, arrivals);
        return new Reception(keys, arrivals, server, listener);
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

    /** Waits for all of them; see {@link LegVerdicts#await}. */
    public Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends,
            List<CompletionStage<CrossCompileException>> calamities,
            CrossCompileRequest.Running running,
            LegVerdicts.Finish finish)
            throws CrossCompileException, InterruptedException {
        return new LegVerdicts(arrivals, running, finish, listener).await(ends, calamities);
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.EventPublisher;
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
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The endpoint, the keys and the received outputs of one run's legs. Its opener closes it. */
public final class UploadSession implements AutoCloseable {

    /** The limit for all files of one run: 16 GiB. */
    private static final long RUN_MAX_BYTES = 16L << 30;

    private final Map<Leg, LegKey> keys;
    private final ReceivedOutputs outputs;
    private final UploadServer server;

    private UploadSession(Map<Leg, LegKey> keys, ReceivedOutputs outputs, UploadServer server) {
        this.keys = keys;
        this.outputs = outputs;
        this.server = server;
    }

    /**
     * Opens the endpoint for legs with keys from here.
     *
     * @param port the port on the loopback address; 0 selects a free one
     */
    public static UploadSession open(
            RunId run, List<Leg> legs, int port, WorkDirectory work, EventPublisher listener, InstantSource clock)
            throws CrossCompileException {
        return open(run, legs, port, Optional.empty(), work, listener, clock);
    }

    /**
     * Opens the endpoint for a run in which some legs create their own keys.
     *
     * @param handshake the settings for these legs; empty if there are none
     */
    public static UploadSession open(
            RunId run,
            List<Leg> legs,
            int port,
            Optional<Handshake> handshake,
            WorkDirectory work,
            EventPublisher listener,
            InstantSource clock)
            throws CrossCompileException {
        SecureRandom random = new SecureRandom();
        Map<Leg, LegKey> keys = new LinkedHashMap<>();
        List<LegAccount> accounts = new ArrayList<>();
        for (Leg leg : legs) {
            if (usesHandshake(leg)) {
                accounts.add(LegAccount.awaitingHello(leg.id(), leg.outputs()));
            } else {
                LegKey key = LegKey.random(random);
                keys.put(leg, key);
                accounts.add(new LegAccount(leg.id(), key, leg.outputs()));
            }
        }
        ReceivedOutputs outputs = new ReceivedOutputs(legs, listener, clock);
        UploadStorage storage = UploadStorage.open(work.inbox(), RUN_MAX_BYTES);
        UploadServer server = handshake.isPresent()
                ? UploadServer.open(run, accounts, storage, port, UploadLimits.DEFAULT, outputs, handshake.get())
                : UploadServer.open(run, accounts, storage, port, UploadLimits.DEFAULT, outputs);
        return new UploadSession(keys, outputs, server);
    }

    /** Returns whether the leg creates its own key, because its service proves its identity. */
    static boolean usesHandshake(Leg leg) {
        return CiProviders.is(leg.service(), CiProvider::jobsHaveIdentity);
    }

    public URI uri() {
        return server.uri();
    }

    /** Returns the keys created here, by leg. */
    public Map<Leg, LegKey> keys() {
        return keys;
    }

    /** Checks that {@code publicUri} reaches this endpoint; see {@link UploadServer#selfTest}. */
    public void selfTest(URI publicUri, Duration within) throws CrossCompileException, InterruptedException {
        server.selfTest(publicUri, within);
    }

    /** Completes when the leg itself reports a failure, before its service does. */
    public CompletionStage<LegEnd> saidFailed(Leg leg, Supplier<String> whereToLook) {
        return outputs.failure(leg)
                .thenApply(exit -> new LegEnd(leg, exit, "", whereToLook.get(), Optional.empty(), Duration.ZERO));
    }

    /** Returns the files that have arrived. */
    public ReceivedOutputs outputs() {
        return outputs;
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.legs.ReceivedOutputs;
import io.github.traviscompile.run.legs.UploadSession;
import io.github.traviscompile.tunnel.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Receives uploads of legs at the endpoint of this machine, through a tunnel. */
public record TunnelTransport(UploadSession session, Tunnel tunnel) implements Transport {

    /** The longest time until the address leads here. */
    public static final Duration READY = Duration.ofSeconds(60);

    /** Opens the tunnel to {@code session}, and closes that with itself from now on. */
    public static TunnelTransport open(UploadSession session, TunnelOpening opening)
            throws CrossCompileException, InterruptedException {
        try {
            return new TunnelTransport(session, opening.open(session.uri()));
        } catch (CrossCompileException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void requireReachable() throws CrossCompileException, InterruptedException {
        session.selfTest(tunnel.publicUri(), READY);
    }

    @Override
    public KeyedLeg told(Leg leg) {
        return new KeyedLeg(leg, Optional.ofNullable(session.keys().get(leg)), Optional.of(tunnel.publicUri()));
    }

    @Override
    public List<CompletionStage<CrossCompileException>> fatalFailures() {
        return List.of(tunnel.lost());
    }

    /** By its own word, too, which comes before its service's. */
    @Override
    public CompletableFuture<LegEnd> end(Leg leg, CompletableFuture<LegEnd> job, Supplier<String> whereToLook) {
        return job.applyToEither(session.saidFailed(leg, whereToLook), end -> end);
    }

    @Override
    public ReceivedOutputs outputs() {
        return session.outputs();
    }

    @Override
    public void close() {
        try (session) {
            tunnel.close();
        }
    }
}

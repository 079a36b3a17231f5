package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.legs.LegAwaiter;
import io.github.traviscompile.run.legs.UploadSession;
import io.github.traviscompile.tunnel.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Legs upload to the endpoint of this machine, through a tunnel. */
public record TunnelTransport(UploadSession reception, Tunnel tunnel) implements Transport {

    /** How long the address may take until it leads here. */
    public static final Duration READY = Duration.ofSeconds(60);

    /** Opens the tunnel that leads to {@code reception}, which from now on is this one's to close. */
    public static TunnelTransport open(UploadSession reception, TunnelOpening opening)
            throws CrossCompileException, InterruptedException {
        try {
            return new TunnelTransport(reception, opening.open(reception.uri()));
        } catch (CrossCompileException | InterruptedException | RuntimeException e) {
            reception.close();
            throw e;
        }
    }

    @Override
    public void requireReachable() throws CrossCompileException, InterruptedException {
        reception.selfTest(tunnel.publicUri(), READY);
    }

    @Override
    public KeyedLeg told(Leg leg) {
        return new KeyedLeg(leg, Optional.ofNullable(reception.keys().get(leg)), Optional.of(tunnel.publicUri()));
    }

    @Override
    public List<CompletionStage<CrossCompileException>> fatalFailures() {
        return List.of(tunnel.lost());
    }

    /** By its own word, too, which comes before its service's. */
    @Override
    public CompletableFuture<LegEnd> end(Leg leg, CompletableFuture<LegEnd> job, Supplier<String> whereToLook) {
        return job.applyToEither(reception.saidFailed(leg, whereToLook), end -> end);
    }

    @Override
    public Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends,
            List<CompletionStage<CrossCompileException>> calamities,
            CrossCompileRequest.Execution running,
            LegAwaiter.Finish finish)
            throws CrossCompileException, InterruptedException {
        return reception.await(ends, calamities, running, finish);
    }

    @Override
    public void close() {
        try (reception) {
            tunnel.close();
        }
    }
}

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.legs.LegAwaiter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How the files of hosted legs come to this machine. Whoever opened it closes it. */
interface Transport extends AutoCloseable {

    /** Makes sure that legs will find it, before anything is pushed. */
    void requireReachable() throws CrossCompileException, InterruptedException;

    /** The leg with what its own job is told of it. */
    KeyedLeg told(Leg leg);

    /** Each completes when something of it fails that all legs need. */
    List<CompletionStage<CrossCompileException>> fatalFailures();

    /**
     * When the leg has ended and what it delivered is here, or will not come.
     *
     * @param job ends when the leg's service says so
     * @param whereToLook a sentence that leads a person to the job
     */
    CompletableFuture<LegEnd> end(Leg leg, CompletableFuture<LegEnd> job, Supplier<String> whereToLook);

    /** Waits for all of them; see {@link LegAwaiter#await}. */
    Map<Leg, FinishedLeg> await(
            Map<Leg, CompletableFuture<LegEnd>> ends,
            List<CompletionStage<CrossCompileException>> calamities,
            CrossCompileRequest.Execution running,
            LegAwaiter.Finish finish)
            throws CrossCompileException, InterruptedException;

    @Override
    void close();
}

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.legs.ReceivedOutputs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Brings the files of hosted legs to this machine. Its opener closes it. */
interface Transport extends AutoCloseable {

    /** Fails unless legs will find it; called before the push. */
    void requireReachable() throws CrossCompileException, InterruptedException;

    /** Returns the leg with the key and address for its own job. */
    KeyedLeg told(Leg leg);

    /** Returns stages that complete when a part fails that all legs need. */
    List<CompletionStage<CrossCompileException>> fatalFailures();

    /**
     * Returns a future that ends when the leg has ended and its files are here or will not come.
     *
     * @param job ends when the leg's service says so
     * @param whereToLook a sentence that leads the user to the job
     */
    CompletableFuture<LegEnd> end(Leg leg, CompletableFuture<LegEnd> job, Supplier<String> whereToLook);

    /** Returns the files that have arrived. */
    ReceivedOutputs outputs();

    @Override
    void close();
}

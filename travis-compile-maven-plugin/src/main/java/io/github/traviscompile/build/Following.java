package io.github.traviscompile.build;

import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiRun;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.travis.TravisPatience;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What all hosted services of a run do with one push. Whoever began it closes it, which cancels what has not ended. */
final class Following implements AutoCloseable {

    private final List<CiRun> runs = new ArrayList<>();
    private final Map<Leg, CiRun> byLeg = new LinkedHashMap<>();

    private Following() {}

    static Following begin(
            List<HostedLegs> parts,
            CiStart start,
            CiLimits limits,
            TravisPatience patience,
            CiRun.Listener listener,
            InstantSource clock) {
        Following following = new Following();
        for (HostedLegs part : parts) {
            CiRun run = new CiRun(
                    part.service().service().title(),
                    part.project().watch(start, part.legs(), limits),
                    part.legs(),
                    patience.betweenLooks(),
                    listener,
                    clock,
                    part.service().page());
            following.runs.add(run);
            part.legs().forEach(leg -> following.byLeg.put(leg, run));
        }
        return following;
    }

    /** For each leg, completes when its job has ended, however. */
    Map<Leg, CompletableFuture<LegEnd>> ends() {
        Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
        runs.forEach(run -> ends.putAll(run.ends()));
        return ends;
    }

    /** Each completes when its service cannot be followed or will not begin, with the reason in words. */
    List<CompletionStage<CrossCompileException>> broken() {
        return runs.stream().map(CiRun::broken).toList();
    }

    /** A sentence that leads to what is known of the leg. */
    String whereToLook(Leg leg) {
        CiRun run = byLeg.get(leg);
        return run == null ? "" : run.whereToLook(leg);
    }

    /** Where a person sees the leg's job; empty while there is none. */
    Optional<URI> page(Leg leg) {
        return Optional.ofNullable(byLeg.get(leg)).flatMap(run -> run.page(leg));
    }

    /** All are closed, whatever one of them says. */
    @Override
    public void close() throws CrossCompileException {
        List<CrossCompileException> failures = new ArrayList<>();
        for (CiRun run : runs) {
            try {
                run.close();
            } catch (CrossCompileException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            CrossCompileException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }
}

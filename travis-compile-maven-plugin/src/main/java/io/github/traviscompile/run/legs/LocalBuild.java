package io.github.traviscompile.run.legs;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.local.LocalJob;
import io.github.traviscompile.ci.local.LocalRunner;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.Checkout;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.plan.Plan;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Compiles legs on this machine, with the script and the endpoint that hosted legs use. */
public final class LocalBuild {

    private final CrossCompileRequest request;
    private final Plan plan;
    private final LocalToolchain toolchain;
    private final WorkDirectory work;
    private final EventPublisher listener;
    private final InstantSource clock;

    public LocalBuild(
            CrossCompileRequest request,
            Plan plan,
            LocalToolchain toolchain,
            WorkDirectory work,
            EventPublisher listener,
            InstantSource clock) {
        this.request = request;
        this.plan = plan;
        this.toolchain = toolchain;
        this.work = work;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Compiles {@code legs}, all or nothing.
     *
     * @throws CrossCompileException if a leg cannot be compiled here or fails; names all failures
     */
    public Map<Leg, FinishedLeg> compile(List<Leg> legs, Snapshot snapshot, LegAwaiter.Finish finish)
            throws CrossCompileException, InterruptedException {
        Map<Leg, SortedMap<String, String>> environments = environments(legs);
        OptionalInt crates = plan.crates();
        RunId run = RunId.random(new SecureRandom());
        new Checkout(work.checkout()).update(snapshot, snapshot.wrap(LegFiles.of(run, plan.workspacePath(), legs)));
        try (UploadSession session = UploadSession.open(run, legs, 0, work, listener, clock);
                LocalRunner service = LocalRunner.open(jobs(), request.host().environment())) {
            listener.tell(at -> new RunEvent.LegsQueued(at, run, legs, crates));
            Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
            session.keys().forEach((leg, key) -> {
                SortedMap<String, String> environment = Objects.requireNonNull(environments.get(leg));
                ends.put(leg, service.start(job(leg, key, environment, session.uri())));
            });
            return new LegAwaiter(session.outputs(), request.running(), finish, listener).await(ends, List.of());
        }
    }

    /** Checks the toolchain for every leg before any starts, so a missing target costs no compilation. */
    private Map<Leg, SortedMap<String, String>> environments(List<Leg> legs) throws CrossCompileException {
        Map<Leg, SortedMap<String, String>> environments = new LinkedHashMap<>();
        for (Leg leg : legs) {
            SortedMap<String, String> environment = new TreeMap<>(toolchain.environmentFor(
                    leg, request.host().environment(), plan.project().root()));
            if (request.running().offline()) {
                environment.put("CARGO_NET_OFFLINE", "true");
                // Build backends for wheels must be installed already and are used in their installed version.
                environment.put("PIP_NO_INDEX", "1");
                environment.put("PIP_NO_BUILD_ISOLATION", "0");
            }
            environments.put(leg, environment);
        }
        return environments;
    }

    private LocalJob job(Leg leg, LegKey key, SortedMap<String, String> environment, URI endpoint) {
        return new LocalJob(
                leg,
                work.checkout(),
                work.cargoTarget(leg.platform()),
                work.log(leg.platform()),
                key,
                endpoint,
                environment);
    }

    private int jobs() {
        return request.running()
                .localJobs()
                .orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}

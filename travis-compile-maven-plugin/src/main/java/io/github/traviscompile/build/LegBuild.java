package io.github.traviscompile.build;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.local.LocalJob;
import io.github.traviscompile.ci.local.LocalLegEnd;
import io.github.traviscompile.ci.local.LocalService;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.Checkout;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.RunId;
import io.github.traviscompile.upload.Inbox;
import io.github.traviscompile.upload.LegAccount;
import io.github.traviscompile.upload.UploadLimits;
import io.github.traviscompile.upload.UploadServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Compiles legs on this machine, with the script and the endpoint that hosted legs use. */
final class LegBuild {

    /** Told of each leg as soon as it is finished, from the thread that ran it. */
    interface Finish {
        void accept(Leg leg, FinishedLeg finished) throws CrossCompileException;
    }

    /** What a leg is started with. */
    private record Prepared(LegKey key, SortedMap<String, String> environment) {}

    /** All files of one run together: 16 GiB. */
    private static final long RUN_MAX_BYTES = 16L << 30;

    private final CrossCompileRequest request;
    private final Plan plan;
    private final LocalToolchain toolchain;
    private final WorkDirectory work;
    private final BuildListener listener;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    LegBuild(
            CrossCompileRequest request,
            Plan plan,
            LocalToolchain toolchain,
            WorkDirectory work,
            BuildListener listener,
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
     * @throws CrossCompileException if a leg cannot be compiled here or fails, naming all that failed
     */
    Map<Leg, FinishedLeg> compile(List<Leg> legs, Snapshot snapshot, Finish finish)
            throws CrossCompileException, InterruptedException {
        Map<Leg, Prepared> prepared = prepare(legs);
        RunId run = RunId.random(random);
        new Checkout(work.checkout()).update(snapshot, snapshot.wrap(LegFiles.of(run, plan.cargoDirectory(), legs)));
        Arrivals arrivals = new Arrivals(legs, listener, clock);
        LegVerdicts verdicts = new LegVerdicts(arrivals, request.running(), finish);
        try (UploadServer server = UploadServer.open(run, accounts(prepared), inbox(), UploadLimits.DEFAULT, arrivals);
                LocalService service = LocalService.open(jobs(), request.host().environment())) {
            Map<Leg, CompletableFuture<LocalLegEnd>> ends = new LinkedHashMap<>();
            prepared.forEach((leg, with) -> ends.put(leg, service.start(job(leg, with, server.uri()))));
            return verdicts.await(ends);
        }
    }

    /** Asks the toolchain for every leg before any is started, so that a missing target costs no compilation. */
    private Map<Leg, Prepared> prepare(List<Leg> legs) throws CrossCompileException {
        Map<Leg, Prepared> prepared = new LinkedHashMap<>();
        for (Leg leg : legs) {
            SortedMap<String, String> environment = new TreeMap<>(toolchain.environmentFor(
                    leg, request.host().environment(), plan.project().root()));
            if (request.running().offline()) {
                environment.put("CARGO_NET_OFFLINE", "true");
            }
            prepared.put(leg, new Prepared(LegKey.random(random), environment));
        }
        return prepared;
    }

    private LocalJob job(Leg leg, Prepared with, URI endpoint) {
        return new LocalJob(
                leg,
                work.checkout(),
                work.cargoTarget(leg.platform()),
                work.log(leg.platform()),
                with.key(),
                endpoint,
                with.environment());
    }

    private static List<LegAccount> accounts(Map<Leg, Prepared> prepared) {
        List<LegAccount> accounts = new ArrayList<>();
        prepared.forEach((leg, with) -> accounts.add(new LegAccount(leg.id(), with.key(), leg.outputs())));
        return accounts;
    }

    private Inbox inbox() throws CrossCompileException {
        return Inbox.open(work.inbox(), RUN_MAX_BYTES);
    }

    private int jobs() {
        return request.running()
                .localJobs()
                .orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}

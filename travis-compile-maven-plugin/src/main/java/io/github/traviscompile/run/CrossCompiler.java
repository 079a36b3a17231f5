package io.github.traviscompile.run;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.BaseCommit;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunListener;
import io.github.traviscompile.run.api.RunResult;
import io.github.traviscompile.run.deliver.ArtifactWriter;
import io.github.traviscompile.run.deliver.DeliveryGate;
import io.github.traviscompile.run.deliver.Wheels;
import io.github.traviscompile.run.hosted.HostedBuild;
import io.github.traviscompile.run.hosted.RemoteContext;
import io.github.traviscompile.run.legs.LegAwaiter;
import io.github.traviscompile.run.legs.LegHistory;
import io.github.traviscompile.run.legs.LocalBuild;
import io.github.traviscompile.run.legs.WorkDirectory;
import io.github.traviscompile.run.plan.Directories;
import io.github.traviscompile.run.plan.Merger;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.run.plan.Routing;
import io.github.traviscompile.run.plan.SmokeTestPolicy;
import io.github.traviscompile.run.report.RunReportWriter;
import io.github.traviscompile.run.reuse.Reuse;
import io.github.traviscompile.run.reuse.ReuseKey;
import io.github.traviscompile.run.reuse.ReuseStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/** The sequence of a run: plan, snapshot, reuse, compile what is missing, judge, pack. All or nothing. */
public final class CrossCompiler {

    private final RunListener audience;
    private final InstantSource clock;
    private final RemoteContext outside;

    public CrossCompiler(RunListener listener, InstantSource clock, Credentials credentials, ArtifactSource artifacts) {
        this(listener, clock, new RemoteContext(credentials, artifacts));
    }

    CrossCompiler(RunListener listener, InstantSource clock, RemoteContext outside) {
        this.audience = listener;
        this.clock = clock;
        this.outside = outside;
    }

    /**
     * Runs the whole sequence, and records its events in {@code target/travis-compile/run.json}.
     *
     * @return the files to attach
     * @throws InterruptedException if the thread was interrupted; the run has then ended the legs
     */
    public Delivered run(CrossCompileRequest request) throws CrossCompileException, InterruptedException {
        try (RunReportWriter recorder =
                RunReportWriter.open(audience, clock, Directories.runFile(request), request.pluginVersion())) {
            RunResult result = RunResult.FAILED;
            String message = "The plugin itself failed.";
            try {
                Delivered delivered = run(request, new EventPublisher(recorder, clock));
                result = RunResult.DELIVERED;
                message = "All platforms were delivered.";
                return delivered;
            } catch (CrossCompileException e) {
                message = e.getMessage();
                throw e;
            } catch (InterruptedException e) {
                result = RunResult.INTERRUPTED;
                message = "Interrupted before the run was over; its legs were ended.";
                throw e;
            } finally {
                recorder.end(result, message);
            }
        }
    }

    private Delivered run(CrossCompileRequest request, EventPublisher listener)
            throws CrossCompileException, InterruptedException {
        Optional<Future<LocalToolchain>> asked =
                Routing.isLocal(request.where()) ? Optional.of(ask(request)) : Optional.empty();
        Plan planned = Plan.of(request);
        listener.tell(at -> new RunEvent.Planned(at, planned.title(), planned.legs()));
        planned.warnings().forEach(listener::warning);
        DeliveryGate gate = DeliveryGate.of(request.promises(), listener);
        Optional<LocalToolchain> toolchain = Optional.empty();
        if (planned.legs().stream().anyMatch(leg -> leg.service().isLocal())) {
            toolchain = Optional.of(answer(asked.orElseGet(() -> ask(request))));
        }
        try (WorkDirectory work = WorkDirectory.open(planned.directories().work(), listener);
                Snapshot snapshot = Snapshot.take(planned.snapshot(), work.objectStore())) {
            snapshot.warnings().forEach(listener::warning);
            ArtifactWriter packer = ArtifactWriter.prepare(planned, snapshot, request);
            Reuse reuse = reuse(request, planned, toolchain, snapshot, listener);
            Map<Leg, FinishedLeg> finished = reuse.find(planned, work);
            Plan expected = planned.with(finished.keySet());
            List<Leg> missing = expected.legs().stream()
                    .filter(leg -> !finished.containsKey(leg))
                    .toList();
            Map<Leg, FinishedLeg> compiled = missing.isEmpty()
                    ? Map.of()
                    : compile(missing, request, expected, toolchain, work, snapshot, noting(expected, reuse), listener);
            Map<Leg, FinishedLeg> delivered = new HashMap<>(finished);
            delivered.putAll(compiled);
            Plan plan = expected.with(delivered.keySet());
            delivered.forEach((leg, done) -> SmokeTestPolicy.skipped(leg, done).ifPresent(listener::info));
            List<Leg> fresh = plan.legs().stream().filter(compiled::containsKey).toList();
            fresh.forEach(leg -> listener.moved(leg, LegPhase.VERIFYING));
            Wheels wheels = Wheels.judge(plan, delivered, request.promises());
            wheels.warnings().stream().distinct().forEach(listener::warning);
            Map<Leg, Inspection> inspections = new HashMap<>(gate.judge(plan.legs(), delivered, wheels.errors()));
            for (Leg leg : plan.merged()) {
                List<Leg> parts = Merger.parts(leg.platform(), plan.legs());
                FinishedLeg merged = new Merger(work.merged(leg.platform())).merge(leg, parts, delivered);
                (finished.keySet().containsAll(parts) ? finished : delivered).put(leg, merged);
                inspections.putAll(gate.judge(List.of(leg), Map.of(leg, merged), List.of()));
            }
            fresh.forEach(leg -> listener.moved(leg, LegPhase.VERIFIED));
            Delivered packed = packer.pack(plan.delivered(), finished, delivered, inspections, wheels);
            listener.tell(at -> new RunEvent.FilesDelivered(at, packed));
            return packed;
        }
    }

    /** Keeps each leg with the checked-out commit, which is the same for all legs of the run. */
    private static LegAwaiter.Finish noting(Plan plan, Reuse reuse) throws CrossCompileException {
        Optional<BaseCommit> base = BaseCommit.of(plan.snapshot().root());
        return (end, leg) -> reuse.keep(end, LegHistory.source(leg, base));
    }

    /** Compiles this machine's legs first, so that no crate is pushed that fails to compile here. */
    private Map<Leg, FinishedLeg> compile(
            List<Leg> missing,
            CrossCompileRequest request,
            Plan plan,
            Optional<LocalToolchain> toolchain,
            WorkDirectory work,
            Snapshot snapshot,
            LegAwaiter.Finish finish,
            EventPublisher listener)
            throws CrossCompileException, InterruptedException {
        Map<Boolean, List<Leg>> local = missing.stream()
                .collect(Collectors.partitioningBy(leg -> leg.service().isLocal()));
        Map<Leg, FinishedLeg> compiled = new HashMap<>();
        List<Leg> here = local.getOrDefault(true, List.of());
        if (!here.isEmpty()) {
            compiled.putAll(new LocalBuild(request, plan, toolchain.orElseThrow(), work, listener, clock)
                    .compile(here, snapshot, finish));
        }
        List<Leg> elsewhere = local.getOrDefault(false, List.of());
        if (!elsewhere.isEmpty()) {
            compiled.putAll(new HostedBuild(request, plan, work, outside, listener, clock)
                    .compile(elsewhere, snapshot, finish));
        }
        return compiled;
    }

    private static Leg own(Plan plan) {
        return plan.legs().stream()
                .filter(leg -> leg.service().isLocal())
                .findFirst()
                .orElseThrow();
    }

    /** Lets rustc start while the manifests are read, so that a run without a change does not wait for either. */
    private static Future<LocalToolchain> ask(CrossCompileRequest request) {
        FutureTask<LocalToolchain> task = new FutureTask<>(() -> LocalToolchain.find(
                request.host().environment(),
                request.projectDirectory(),
                request.what().toolchain()));
        Thread thread = new Thread(task, "travis-compile-toolchain");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static LocalToolchain answer(Future<LocalToolchain> asked)
            throws CrossCompileException, InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CrossCompileException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("Asking for the toolchain failed.", e.getCause());
        }
    }

    private Reuse reuse(
            CrossCompileRequest request,
            Plan plan,
            Optional<LocalToolchain> toolchain,
            Snapshot snapshot,
            EventPublisher listener)
            throws CrossCompileException {
        Sha256 script = LegFiles.scriptDigest();
        // A service's installed tools are unknown in advance. Its legs hold the requested tools, which count instead.
        String fingerprint = toolchain.isPresent()
                ? toolchain.get().fingerprint(request.host().environment())
                        + toolchain
                                .get()
                                .pythons(
                                        own(plan),
                                        request.host().environment(),
                                        plan.project().root())
                : "";
        return new Reuse(
                new ReuseStore(plan.directories().cache(), clock),
                request.running(),
                leg -> ReuseKey.of(
                        snapshot.tree(),
                        plan.workspacePath(),
                        leg,
                        leg.service().isLocal() ? fingerprint + zig(request, plan, toolchain, leg) : "hosted",
                        request.pluginVersion(),
                        script),
                listener);
    }

    private static String zig(CrossCompileRequest request, Plan plan, Optional<LocalToolchain> toolchain, Leg leg) {
        return toolchain
                .map(found -> found.zig(
                        leg, request.host().environment(), plan.project().root()))
                .orElse("");
    }
}

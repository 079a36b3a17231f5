package io.github.traviscompile.build;

import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Sha256;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The sequence of a run: plan, snapshot, reuse, compile what is missing, pack. All or nothing. */
public final class CrossCompiler {

    private final BuildListener listener;
    private final InstantSource clock;

    public CrossCompiler(BuildListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Does the whole job.
     *
     * @return one archive for each platform, in the order in which the platforms were named
     * @throws InterruptedException if the thread was interrupted; the legs are ended then
     */
    public List<DeliveredPlatform> run(CrossCompileRequest request) throws CrossCompileException, InterruptedException {
        Future<LocalToolchain> asked = ask(request);
        Plan plan = Plan.of(request);
        plan.warnings().forEach(listener::warning);
        LocalToolchain toolchain = answer(asked);
        try (WorkDirectory work = WorkDirectory.open(plan.directories().work(), listener);
                Snapshot snapshot = Snapshot.take(plan.snapshot(), work.objectStore())) {
            snapshot.warnings().forEach(listener::warning);
            Packer packer = Packer.prepare(plan, request.delivery().timestamp());
            Reuse reuse = reuse(request, plan, toolchain, snapshot);
            Map<Leg, FinishedLeg> finished = reuse.find(plan.legs(), work);
            List<Leg> missing = plan.legs().stream()
                    .filter(leg -> !finished.containsKey(leg))
                    .toList();
            LegBuild build = new LegBuild(request, plan, toolchain, work, listener, clock);
            Map<Leg, FinishedLeg> compiled =
                    missing.isEmpty() ? Map.of() : build.compile(missing, snapshot, reuse::keep);
            return packer.pack(finished, compiled, snapshot);
        }
    }

    /** Lets rustc start while the manifests are read, so that a run without a change does not wait for either. */
    private static Future<LocalToolchain> ask(CrossCompileRequest request) {
        FutureTask<LocalToolchain> task = new FutureTask<>(() -> LocalToolchain.find(
                request.host().environment(),
                request.cargoProject(),
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

    private Reuse reuse(CrossCompileRequest request, Plan plan, LocalToolchain toolchain, Snapshot snapshot)
            throws CrossCompileException {
        Sha256 script = LegFiles.scriptDigest();
        String fingerprint = toolchain.fingerprint(request.host().environment());
        return new Reuse(
                new ReuseStore(plan.directories().cache(), clock),
                request.running(),
                leg -> ReuseKey.of(
                        snapshot.tree(), plan.cargoDirectory(), leg, fingerprint, request.pluginVersion(), script),
                listener);
    }
}

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.BranchRequest;
import io.github.traviscompile.git.PreparedBranch;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.legs.LegAwaiter;
import io.github.traviscompile.run.legs.LegHistory;
import io.github.traviscompile.run.legs.UploadSession;
import io.github.traviscompile.run.legs.WorkDirectory;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.run.remote.BuildRepository;
import io.github.traviscompile.run.remote.CleanUp;
import io.github.traviscompile.run.remote.Compensation;
import io.github.traviscompile.run.remote.Publication;
import io.github.traviscompile.run.remote.RunJournal;
import io.github.traviscompile.upload.HandshakeKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Compiles legs on hosted services: everything that it makes outside of this machine is gone when it returns or throws. */
public final class HostedBuild {

    /** The time beyond all timeouts after which a branch without a living run counts as stale. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    private final CrossCompileRequest request;
    private final CrossCompileRequest.Hosting hosting;
    private final Plan plan;
    private final WorkDirectory work;
    private final RemoteContext outside;
    private final EventPublisher listener;
    private final InstantSource clock;

    public HostedBuild(
            CrossCompileRequest request,
            Plan plan,
            WorkDirectory work,
            RemoteContext outside,
            EventPublisher listener,
            InstantSource clock) {
        this.request = request;
        this.hosting = request.hosting();
        this.plan = plan;
        this.work = work;
        this.outside = outside;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Compiles {@code missing}, all or nothing.
     *
     * @return the legs as they were compiled, some perhaps on other services than those they were planned for
     * @throws CrossCompileException if something is not ready, a leg fails, or what all need breaks
     */
    public Map<Leg, FinishedLeg> compile(List<Leg> missing, Snapshot snapshot, LegAwaiter.Finish finish)
            throws CrossCompileException, InterruptedException {
        requireOnline(missing);
        OptionalInt crates = plan.crates();
        Optional<TunnelOpening> opening = opening();
        BuildRepository carrier = carrier();
        Optional<HandshakeKey> helloKey = opening.map(any -> HandshakeKey.random());
        List<HostedLegs> parts = new Readiness(
                        outside.services(request, helloKey, clock),
                        plan.routing(),
                        plan.transport().services(),
                        listener)
                .of(missing);
        List<Leg> legs = parts.stream().flatMap(part -> part.legs().stream()).toList();
        // Refuses before anything is pushed what could not be merged in the end.
        plan.with(legs);
        new CleanUp(listener, clock, outside.credentials()).remove(carrier.place(hosting.services(), cache()));
        RunId run = RunId.random(new SecureRandom());
        HostedProof proof = new HostedProof(run, snapshot.tree(), listener);
        try (Interruption interruption = Interruption.watch(listener, () -> hurry(carrier, parts));
                RunJournal journal = RunJournal.begin(
                        cache(),
                        run,
                        carrier.repository().name(),
                        hosting.services().githubApi());
                Transport transport = transport(run, parts, opening, helloKey);
                Publication publication =
                        new Publication(carrier.repository(), journal, listener, hosting.keepOnFailure())) {
            transport.requireReachable();
            BranchName name = new BranchName(carrier.repository().now(), run);
            PreparedBranch prepared = prepare(carrier, snapshot, name, parts, files(run, legs, name, parts, transport));
            for (HostedLegs part : parts) {
                journal.awaitingBuilds(part.service().service(), part.service().api(), part.byPullRequest(hosting));
            }
            interruption.requireGoing();
            publication.push(prepared);
            listener.tell(at -> new RunEvent.LegsQueued(at, run, legs, crates));
            // From here on there may be builds, which only what follows them can cancel.
            try (Compensation<CiMonitor> running = new Compensation<>(
                    new CiMonitor(hosting, limits(), outside.timeouts(), listener::job, clock),
                    CiMonitor::close,
                    journal,
                    listener)) {
                CiMonitor monitor = running.thing();
                monitor.begin(startedBy(false, parts), start(prepared, OptionalLong.empty()));
                if (hosting.pullRequest()) {
                    interruption.requireGoing();
                    OptionalLong number = publication.openPullRequest(
                            prepared, new PullRequestText(run, plan.title(), expiry(carrier)));
                    monitor.begin(startedBy(true, parts), start(prepared, number));
                }
                interruption.requireGoing();
                Map<Leg, FinishedLeg> finished = new LegAwaiter(
                                transport.outputs(),
                                request.running(),
                                (end, leg) -> finish.accept(
                                        end,
                                        LegHistory.sent(
                                                proof.require(end, leg),
                                                prepared.commit(),
                                                carrier.repository().git(),
                                                monitor.page(end.leg()))),
                                listener)
                        .await(ends(transport, monitor, parts), transport.fatalFailures());
                publication.requireUntouched();
                return finished;
            } catch (CrossCompileException e) {
                if (!interruption.isStopping()) {
                    publication.failed();
                }
                throw e;
            }
        } catch (CrossCompileException e) {
            throw Interruption.unlessInterrupted(e);
        }
    }

    /** Maven's {@code -o} is obeyed here, where nothing can be done without the network. */
    private void requireOnline(List<Leg> legs) throws ActionNeededException {
        if (request.running().offline()) {
            throw new ActionNeededException(
                    "Maven was told to work offline (-o), but these legs have to be compiled on "
                            + "hosted services: " + legs.stream().map(Leg::id).collect(Collectors.joining(", "))
                            + ". Leave -o out, or skip the goal with " + Parameter.SKIP.property() + ".");
        }
    }

    private BuildRepository carrier() throws CrossCompileException {
        BuildRepository carrier = BuildRepository.open(
                request.where().repository().orElseThrow(),
                hosting.services(),
                outside.credentials().github(),
                lasting(),
                listener,
                outside.http(clock));
        carrier.repository().requireWriting();
        carrier.repository().warnings().forEach(listener::warning);
        carrier.requireMayHold(plan.snapshot().root(), hosting.services().githubWeb(), hosting.acceptPublic());
        return carrier;
    }

    private Path cache() {
        return plan.directories().cache();
    }

    /** The tunnel that legs deliver through; empty where they leave their files to GitHub, which is said. */
    private Optional<TunnelOpening> opening() throws CrossCompileException {
        if (plan.transport().kind() == TransportKind.ARTIFACTS) {
            Optional.of(plan.transport().reason())
                    .filter(reason -> !reason.isEmpty())
                    .ifPresent(listener::info);
            return Optional.empty();
        }
        return Optional.of(outside.tunnel(request));
    }

    private Transport transport(
            RunId run, List<HostedLegs> parts, Optional<TunnelOpening> opening, Optional<HandshakeKey> helloKey)
            throws CrossCompileException, InterruptedException {
        if (opening.isEmpty()) {
            return new ArtifactTransport(run, parts.get(0), work, listener, clock);
        }
        List<Leg> legs = parts.stream().flatMap(part -> part.legs().stream()).toList();
        TunnelOpening tunnel = opening.get();
        return TunnelTransport.open(
                UploadSession.open(run, legs, tunnel.port(), HostedLegs.hellos(parts, helloKey), work, listener, clock),
                tunnel);
    }

    private List<HostedLegs> startedBy(boolean pullRequest, List<HostedLegs> parts) {
        return parts.stream()
                .filter(part -> part.byPullRequest(hosting) == pullRequest)
                .toList();
    }

    private static PushedCommit start(PreparedBranch prepared, OptionalLong pullRequest) {
        return new PushedCommit(prepared.name().toString(), prepared.commit().hex(), pullRequest);
    }

    private CiTimeouts limits() {
        return new CiTimeouts(hosting.queueTimeout(), request.running().timeout());
    }

    private Duration lasting() {
        return request.running().timeout().plus(hosting.queueTimeout());
    }

    private Instant expiry(BuildRepository carrier) {
        return carrier.repository().now().plus(lasting()).plus(GRACE);
    }

    private SortedMap<String, byte[]> files(
            RunId run, List<Leg> legs, BranchName name, List<HostedLegs> parts, Transport transport)
            throws CrossCompileException, InterruptedException {
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, plan.workspacePath(), legs));
        for (HostedLegs part : parts) {
            List<KeyedLeg> keyed = part.legs().stream().map(transport::told).toList();
            files.putAll(part.project().files(name.toString(), keyed));
        }
        return files;
    }

    private PreparedBranch prepare(
            BuildRepository carrier,
            Snapshot snapshot,
            BranchName name,
            List<HostedLegs> parts,
            SortedMap<String, byte[]> files)
            throws CrossCompileException, InterruptedException {
        BranchRequest branch =
                new BranchRequest(name, carrier.repository().defaultBranch(), title(parts), expiry(carrier));
        return carrier.branches().prepare(snapshot, snapshot.wrap(files), branch);
    }

    /** Returns the title, which tells services without legs on the branch to skip it. */
    private static String title(List<HostedLegs> parts) {
        Set<Service> used = parts.stream().map(part -> part.service().service()).collect(Collectors.toSet());
        StringBuilder title = new StringBuilder(PullRequestText.TITLE);
        CiProviders.all().stream()
                .filter(provider -> !used.contains(provider.service()))
                .forEach(provider ->
                        title.append(" [skip ").append(provider.skipWord()).append(']'));
        return title.toString();
    }

    private Map<Leg, CompletableFuture<LegEnd>> ends(Transport transport, CiMonitor running, List<HostedLegs> parts) {
        Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
        running.ends().forEach((leg, end) -> {
            CompletableFuture<LegEnd> job =
                    end.thenApply(this::keepLog).thenApply(ended -> lookingAtHellos(ended, parts));
            ends.put(leg, transport.end(leg, job, () -> running.whereToLook(leg)));
        });
        return ends;
    }

    /** A leg that was not let in can only say so in its own log. */
    private static LegEnd lookingAtHellos(LegEnd end, List<HostedLegs> parts) {
        return parts.stream()
                .flatMap(part -> part.project().lastObjection(end.leg().id()).stream())
                .findFirst()
                .filter(why -> end.exit() != LegExit.DONE)
                .map(why -> end.lookingAlso("The endpoint did not believe who it is: " + why + "."))
                .orElse(end);
    }

    private LegEnd keepLog(LegEnd end) {
        return end.jobLog()
                .flatMap(log -> work.keepLog(end.leg().platform(), log.text()))
                .map(file -> end.lookingAlso("The whole log is " + file + "."))
                .orElse(end);
    }

    private static void hurry(BuildRepository carrier, List<HostedLegs> parts) {
        carrier.repository().shortenTimeouts();
        parts.forEach(part -> part.service().shortenTimeouts());
    }
}

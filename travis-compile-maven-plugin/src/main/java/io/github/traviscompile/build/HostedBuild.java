package io.github.traviscompile.build;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisFile;
import io.github.traviscompile.ci.travis.TravisKey;
import io.github.traviscompile.ci.travis.TravisLeg;
import io.github.traviscompile.ci.travis.TravisLimits;
import io.github.traviscompile.ci.travis.TravisRepository;
import io.github.traviscompile.ci.travis.TravisRun;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.ci.travis.TravisStart;
import io.github.traviscompile.ci.travis.TravisTrigger;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.BranchRequest;
import io.github.traviscompile.git.PreparedBranch;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.LegKey;
import io.github.traviscompile.platform.RunId;
import io.github.traviscompile.tunnel.Tunnel;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Compiles legs on Travis CI: everything that it makes outside of this machine is gone when it returns or throws. */
final class HostedBuild {

    private static final Duration TUNNEL_READY = Duration.ofSeconds(60);

    /** Until a branch of a run that nobody knows counts as left, beyond all its timeouts. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    /** Other services that watch the repository have nothing to do with the branch. */
    private static final String TITLE = PullRequestText.TITLE + " [skip appveyor] [skip actions]";

    private final CrossCompileRequest request;
    private final CrossCompileRequest.Hosting hosting;
    private final Plan plan;
    private final WorkDirectory work;
    private final Outside outside;
    private final BuildListener listener;
    private final InstantSource clock;

    HostedBuild(
            CrossCompileRequest request,
            Plan plan,
            WorkDirectory work,
            Outside outside,
            BuildListener listener,
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
     * Compiles {@code legs}, all or nothing.
     *
     * @throws CrossCompileException if something is not ready, a leg fails, or what all need breaks
     */
    Map<Leg, FinishedLeg> compile(List<Leg> legs, Snapshot snapshot, LegVerdicts.Finish finish)
            throws CrossCompileException, InterruptedException {
        requireOnline(legs);
        TunnelAddress address = TunnelAddress.parse(hosting.tunnel());
        int port = port(address);
        TunnelOpening opening = outside.tunnel(address, request.host());
        Carrier carrier = carrier();
        TravisService travis = new TravisService(
                hosting.services().travisApi(), outside.credentials().travis(), outside.travisPatience(), clock);
        TravisRepository builds = travis.requireReady(slug(), event());
        TravisKey key = travis.key(builds);
        new Sweep(listener, clock, outside.credentials()).remove(carrier.place(hosting.services(), cache()));
        RunId run = RunId.random(new SecureRandom());
        HostedProof proof = new HostedProof(run, snapshot.tree(), listener);
        try (Interruption interruption = Interruption.watch(listener, () -> hurry(carrier, travis));
                RunJournal journal = RunJournal.begin(
                        cache(),
                        run,
                        carrier.repository().name(),
                        hosting.services().githubApi());
                Reception reception = Reception.open(run, legs, port, work, listener, clock);
                Tunnel tunnel = opening.open(reception.uri());
                Publication publication =
                        new Publication(carrier.repository(), journal, listener, hosting.keepOnFailure())) {
            reception.selfTest(tunnel.publicUri(), TUNNEL_READY);
            BranchName name = new BranchName(carrier.repository().now(), run);
            TravisTrigger trigger = new TravisTrigger(event(), name.toString());
            PreparedBranch prepared =
                    prepare(carrier, snapshot, name, files(run, legs, trigger, reception, key, tunnel));
            journal.awaitingBuilds(hosting.services().travisApi(), event());
            interruption.requireGoing();
            publication.push(prepared);
            OptionalLong number = OptionalLong.empty();
            if (hosting.pullRequest()) {
                interruption.requireGoing();
                number = publication.openPullRequest(prepared, new PullRequestText(run, project(), expiry(carrier)));
            }
            // From here on there may be a build, which only what follows it can cancel.
            TravisStart start = new TravisStart(trigger, prepared.commit().hex(), number);
            try (Undo<TravisRun> running = new Undo<>(
                    travis.follow(builds, start, legs, limits(), this::show), TravisRun::close, journal, listener)) {
                interruption.requireGoing();
                Map<Leg, FinishedLeg> finished = reception.await(
                        ends(reception, running.thing()),
                        List.of(running.thing().broken(), tunnel.lost()),
                        request.running(),
                        (end, leg) -> finish.accept(
                                end,
                                LegHistory.sent(
                                        proof.require(end, leg),
                                        prepared.commit(),
                                        carrier.repository().git(),
                                        running.thing().page(end.leg()))));
                publication.requireUntouched();
                return finished;
            } catch (CrossCompileException e) {
                if (!interruption.isStopping()) {
                    publication.failed();
                }
                throw e;
            }
        } catch (CrossCompileException e) {
            // What waits for GitHub can only say that it broke off.
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException(e.getMessage());
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
    }

    /** Maven's {@code -o} is obeyed here, where nothing can be done without the network. */
    private void requireOnline(List<Leg> legs) throws ActionNeededException {
        if (request.running().offline()) {
            throw new ActionNeededException(
                    "Maven was told to work offline (-o), but these legs have to be compiled on "
                            + "Travis CI: " + legs.stream().map(Leg::id).collect(Collectors.joining(", "))
                            + ". Leave -o out, or skip the goal with -Dtravis-compile.skip.");
        }
    }

    private Carrier carrier() throws CrossCompileException {
        Carrier carrier =
                Carrier.open(slug(), hosting.services(), outside.credentials().github(), lasting(), listener, clock);
        carrier.repository().requireWriting(false);
        carrier.repository().warnings().forEach(listener::warning);
        carrier.requireMayHold(plan.snapshot().root(), hosting.services().githubWeb(), hosting.acceptPublic());
        return carrier;
    }

    private String slug() {
        return request.where().repository().orElseThrow();
    }

    private Path cache() {
        return plan.directories().cache();
    }

    private int port(TunnelAddress address) throws ActionNeededException {
        if (address instanceof TunnelAddress.Fixed && hosting.receiverPort().isEmpty()) {
            throw new ActionNeededException("<tunnel> (-Dtravis-compile.tunnel) is an address of your own, but to which"
                    + " port of this machine it leads is not said. Name the port in <receiverPort>"
                    + " (-Dtravis-compile.receiverPort), or use another tunnel.");
        }
        return hosting.receiverPort().orElse(0);
    }

    private TravisEvent event() {
        return hosting.pullRequest() ? TravisEvent.PULL_REQUEST : TravisEvent.PUSH;
    }

    private TravisLimits limits() {
        return new TravisLimits(hosting.queueTimeout(), request.running().timeout());
    }

    private Duration lasting() {
        return request.running().timeout().plus(hosting.queueTimeout());
    }

    private Instant expiry(Carrier carrier) {
        return carrier.repository().now().plus(lasting()).plus(GRACE);
    }

    private String project() {
        return plan.packages().get(0).name() + " " + plan.packages().get(0).version();
    }

    private SortedMap<String, byte[]> files(
            RunId run, List<Leg> legs, TravisTrigger trigger, Reception reception, TravisKey key, Tunnel tunnel)
            throws CrossCompileException {
        SortedMap<String, byte[]> files = new TreeMap<>(LegFiles.of(run, plan.cargoDirectory(), legs));
        files.put(TravisFile.PATH, TravisFile.of(trigger, secured(reception.keys(), key, tunnel.publicUri())));
        return files;
    }

    /** Key and address, which nobody but the leg's own job can read. */
    private static List<TravisLeg> secured(Map<Leg, LegKey> keys, TravisKey key, URI publicUri)
            throws CrossCompileException {
        List<TravisLeg> secured = new ArrayList<>();
        for (Map.Entry<Leg, LegKey> leg : keys.entrySet()) {
            secured.add(new TravisLeg(
                    leg.getKey(),
                    List.of(
                            key.encrypt("TCMP_KEY", leg.getValue().revealHex()),
                            key.encrypt("TCMP_URL", publicUri.toString()))));
        }
        return secured;
    }

    private PreparedBranch prepare(Carrier carrier, Snapshot snapshot, BranchName name, SortedMap<String, byte[]> files)
            throws CrossCompileException, InterruptedException {
        BranchRequest branch = new BranchRequest(name, carrier.repository().defaultBranch(), TITLE, expiry(carrier));
        return carrier.branches().prepare(snapshot, snapshot.wrap(files), branch);
    }

    /** A leg has ended when its service says so, or before that by its own word. */
    private Map<Leg, CompletableFuture<LegEnd>> ends(Reception reception, TravisRun running) {
        Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
        running.ends()
                .forEach((leg, end) -> ends.put(
                        leg,
                        end.thenApply(this::keepLog)
                                .applyToEither(
                                        reception.saidFailed(leg, () -> running.whereToLook(leg)), found -> found)));
        return ends;
    }

    private LegEnd keepLog(LegEnd end) {
        return end.jobLog()
                .flatMap(log -> work.keepLog(end.leg().platform(), log.text()))
                .map(file -> end.lookingAlso("The whole log is " + file + "."))
                .orElse(end);
    }

    private void show(Leg leg, String state, URI page) {
        listener.progress(leg, state, page.toString());
    }

    private static void hurry(Carrier carrier, TravisService travis) {
        carrier.repository().hurry();
        travis.hurry();
    }
}

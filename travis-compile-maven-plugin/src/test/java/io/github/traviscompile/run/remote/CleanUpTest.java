package io.github.traviscompile.run.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.http.CountedPause;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.run.api.CleanUpRequest;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.standin.Fault;
import io.github.traviscompile.standin.GitHubStandIn;
import io.github.traviscompile.standin.StandInRepository;
import io.github.traviscompile.standin.StandInToken;
import io.github.traviscompile.standin.StandInToken.Right;
import io.github.traviscompile.standin.TravisRepositoryStandIn;
import io.github.traviscompile.standin.TravisStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cleans up repositories on a real git server with a GitHub API, and builds at a Travis CI API. */
class CleanUpTest {

    /** The time of GitHub's clock. This machine's is a day late. */
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Instant LATER = NOW.plus(Duration.ofHours(3));
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final String TOKEN = "github_pat_canary0123";
    private static final RepositoryName REPOSITORY = new RepositoryName("alice", "builds");

    @TempDir
    private Path temporary;

    private final Random random = new Random(20261122);
    private final List<String> infos = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private GitHubStandIn github;
    private StandInRepository stored;
    private TravisStandIn travis;
    private int travisTokens;
    private Path cache;

    @BeforeEach
    void start() throws Exception {
        github = GitHubStandIn.start(temporary.resolve("github"), () -> NOW);
        github.add(StandInToken.fineGrained(TOKEN, Right.READ, Right.PUSH, Right.PULL_REQUESTS));
        stored = github.add(REPOSITORY.toString(), true).withReadme();
        travis = new TravisStandIn(temporary.resolve("travis"));
        cache = temporary.resolve("cache");
    }

    @AfterEach
    void stop() {
        travis.close();
        github.close();
    }

    @Test
    void removesTheRemainsOfADeadRunOfThisUser() throws Exception {
        BranchName name = name();
        CommitId commit = branch(name, LATER);
        int number = open(name.toString());
        try (RunJournal journal = begin(name)) {
            journal.pushing(name, commit);
            journal.openingPullRequest();
            journal.openedPullRequest(number);
            journal.left();
        }
        assertThat(find())
                .containsExactly(
                        "The pull request " + github.web() + "/alice/builds/pull/1 of the branch " + name + ".",
                        "The branch " + name + " in alice/builds, of a killed run.");
        assertThat(stored.branches()).as("finding changes nothing").contains(name.toString());
        assertThat(files()).containsExactly(name.run() + ".journal");
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 0));
        assertThat(stored.branches()).containsExactly(StandInRepository.MAIN);
        assertThat(isOpen(number)).isFalse();
        assertThat(changes())
                .containsExactly("PATCH /api/v3/repos/alice/builds/pulls/1", "POST /alice/builds.git/git-receive-pack");
        assertThat(files()).isEmpty();
        assertThat(infos)
                .containsExactly(
                        "Closed the pull request " + github.web() + "/alice/builds/pull/1 of a killed run.",
                        "Deleted the branch " + name + " in alice/builds, which a killed run left.");
        assertThat(warnings).isEmpty();
        assertThat(find()).isEmpty();
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 0));
        assertThat(travisTokens).isZero();
    }

    @Test
    void removesTheRemainsOfAKilledProcessAndNothingOfALivingOne() throws Exception {
        BranchName name = name();
        CommitId commit = branch(name, EARLIER);
        Process run = JournalProcess.start(
                cache,
                "run",
                name.run().hex(),
                REPOSITORY.toString(),
                github.api().toString(),
                name.toString(),
                commit.hex());
        assertThat(run.getInputStream().read()).isEqualTo('!');
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 0));
        assertThat(stored.branches()).as("it lives").contains(name.toString());
        run.destroyForcibly().waitFor();
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(1, 0));
        assertThat(stored.branches()).containsExactly(StandInRepository.MAIN);
        assertThat(files()).isEmpty();
    }

    @Test
    void findsAPullRequestWithoutItsNumberInTheJournal() throws Exception {
        BranchName name = name();
        CommitId commit = branch(name, LATER);
        int number = open(name.toString());
        try (RunJournal journal = begin(name)) {
            journal.pushing(name, commit);
            journal.openingPullRequest();
            journal.left();
        }
        // Deletes it directly, so that no code closes its pull request.
        git("update-ref", "-d", name.ref());
        assertThat(find()).singleElement().asString().contains("/pull/1 of the branch " + name);
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(1, 0));
        assertThat(isOpen(number)).isFalse();
        assertThat(files()).isEmpty();
    }

    @Test
    void deletesTheJournalOfARunWithoutEffects() throws Exception {
        try (RunJournal journal = RunJournal.begin(
                cache, name().run(), new RepositoryName("bob", "other"), URI.create("https://api.github.com"))) {
            journal.left();
        }
        assertThat(find()).isEmpty();
        assertThat(files()).hasSize(1);
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 0));
        assertThat(files()).isEmpty();
    }

    @Test
    void removesOthersExpiredBranchesByTheClockOfGitHub() throws Exception {
        BranchName expired = name();
        branch(expired, EARLIER);
        int number = open(expired.toString());
        BranchName now = name();
        branch(now, NOW);
        BranchName later = name();
        branch(later, LATER);
        assertThat(find())
                .hasSize(2)
                .last()
                .asString()
                .endsWith(expired + " in alice/builds, which expired at " + EARLIER + ".");
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 0));
        assertThat(stored.branches())
                .containsExactlyInAnyOrder(StandInRepository.MAIN, now.toString(), later.toString());
        assertThat(isOpen(number)).isFalse();
    }

    @Test
    void leavesTheRunsOfAnotherRepositoryOrAnotherGitHub() throws Exception {
        BranchName name = name();
        CommitId commit = branch(name, LATER);
        for (URI api : List.of(github.api(), URI.create("https://api.github.com"))) {
            RepositoryName repository = api.equals(github.api()) ? new RepositoryName("alice", "other") : REPOSITORY;
            BranchName run = api.equals(github.api()) ? name : name();
            try (RunJournal journal = RunJournal.begin(cache, run.run(), repository, api)) {
                journal.pushing(run, commit);
                journal.left();
            }
        }
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 0));
        assertThat(stored.branches()).contains(name.toString());
        assertThat(files()).hasSize(2);
    }

    @Test
    void leavesABranchWithAForeignPush() throws Exception {
        BranchName before = name();
        CommitId first = branch(before, LATER);
        dead(before, first);
        branch(before, LATER.plusSeconds(1));
        BranchName foreign = name();
        dead(foreign, branch(foreign, LATER));
        stored.commit(foreign.toString(), "Mine, which names no run", Map.of());
        BranchName meanwhile = name();
        dead(meanwhile, branch(meanwhile, LATER));
        AtomicBoolean pushed = new AtomicBoolean();
        github.fault(new Fault(
                (method, target) -> {
                    if (target.contains("receive-pack") && !pushed.getAndSet(true)) {
                        stored.commit(meanwhile.toString(), "Mine", Map.of());
                    }
                    return false;
                },
                Fault.Kind.ANSWER,
                1,
                500,
                Map.of(),
                ""));
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 3));
        assertThat(warnings).hasSize(3).allMatch(warning -> warning.contains("another push changed it since"));
        assertThat(stored.branches()).contains(before.toString(), foreign.toString(), meanwhile.toString());
        assertThat(files()).hasSize(3);
    }

    @Test
    void cancelsTheBuildOfADeadRun() throws Exception {
        TravisRepositoryStandIn builds = travis.repository(REPOSITORY.toString());
        BranchName name = deadWithBuild(travis.uri(), builds);
        assertThat(find()).hasSize(3).first().asString().startsWith("The build at " + travis.uri());
        assertThat(travisTokens).isZero();
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 0));
        assertThat(warnings).isEmpty();
        assertThat(builds.builds().get(0).jobs()).allMatch(job -> job.state().equals("canceled"));
        assertThat(stored.branches()).doesNotContain(name.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void cancelsInAnInactiveRepository() throws Exception {
        TravisRepositoryStandIn builds = travis.repository(REPOSITORY.toString());
        deadWithBuild(travis.uri(), builds);
        builds.inactive();
        builds.readOnly();
        builds.allowance(Map.of("subscription_type", 3));
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 0));
        assertThat(warnings).isEmpty();
        assertThat(builds.builds().get(0).jobs()).allMatch(job -> job.state().equals("canceled"));
    }

    @Test
    void keepsTheJournalOfABuildThatCannotBeCancelled() throws Exception {
        TravisRepositoryStandIn builds = travis.repository(REPOSITORY.toString());
        BranchName name = deadWithBuild(travis.uri(), builds);
        travis.failForEver("/cancel", 500, "");
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 1));
        assertThat(warnings).singleElement().asString().contains(name.toString(), "may still run", "Cancel it there.");
        assertThat(files()).hasSize(1);
        travis.heal();
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(0, 0));
        assertThat(builds.builds().get(0).jobs()).allMatch(job -> job.state().equals("canceled"));
        assertThat(files()).isEmpty();
    }

    @Test
    void sendsTheTokenForTravisToNoOtherHost() throws Exception {
        TravisRepositoryStandIn builds = travis.repository(REPOSITORY.toString());
        deadWithBuild(URI.create("https://travis.example.org/api"), builds);
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(2, 1));
        assertThat(warnings).singleElement().asString().contains("https://travis.example.org/api", "<travisApiUrl>");
        assertThat(travisTokens).isZero();
        assertThat(travis.seen()).isEmpty();
    }

    @Test
    void warnsOfFailedRemovalsAndContinues() throws Exception {
        github.add(StandInToken.fineGrained("ghp_pusher", Right.READ, Right.PUSH));
        BranchName closed = name();
        dead(closed, branch(closed, LATER));
        int number = open(closed.toString());
        BranchName bound = name();
        dead(bound, branch(bound, LATER));
        stored.protectedRefs = ref -> ref.equals(bound.ref());
        assertThat(remove("ghp_pusher")).isEqualTo(new CleanUp.Outcome(1, 2));
        assertThat(warnings)
                .anyMatch(warning -> warning.contains("/pull/" + number + " is still open"))
                .anyMatch(warning -> warning.contains(bound + " in " + github.web()) && warning.contains("GH013"))
                .allMatch(warning -> warning.endsWith(".") || warning.endsWith("`."))
                .noneMatch(warning -> warning.contains("ghp_"));
        assertThat(stored.branches()).contains(bound.toString()).doesNotContain(closed.toString());
        assertThat(files()).hasSize(2);
        stored.protectedRefs = ref -> false;
        assertThat(remove()).isEqualTo(new CleanUp.Outcome(1, 0));
        assertThat(stored.branches()).containsExactly(StandInRepository.MAIN);
        assertThat(files()).isEmpty();
    }

    @Test
    void warnsIfTheRepositoryIsUnreachable() throws Exception {
        BranchName name = name();
        dead(name, branch(name, LATER));
        CleanUp cleanUp = cleanUp(TOKEN);
        CleanUp.CleanUpScope scope = cleanUp.open(new CleanUpRequest(REPOSITORY, services(), cache));
        github.add(StandInToken.fineGrained(TOKEN));
        assertThat(cleanUp.remove(scope)).isEqualTo(new CleanUp.Outcome(0, 1));
        assertThat(warnings).singleElement().asString().startsWith("The remains of killed runs in alice/builds stay");
        assertThat(files()).hasSize(1);
    }

    private static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(Integer.getInteger("sweep.repositories", 4));
    }

    /** The kinds of generated branches. */
    private enum Kind {
        OURS,
        USERS,
        ALMOST_NAMED,
        NO_TRAILER,
        OTHER_RUN,
        TWO_EXPIRIES,
        NO_TIME,
        PUSHED_TO
    }

    /** The journal that names it. */
    private enum Known {
        NOT,
        DEAD,
        DEAD_OTHER_COMMIT,
        OTHER_REPOSITORY,
        OTHER_GITHUB,
        LIVING
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void touchesNothingElseInAnyRepository(long seed) throws Exception {
        Random choices = new Random(seed);
        TreeSet<String> expectedBranches = new TreeSet<>(List.of(StandInRepository.MAIN));
        TreeSet<String> expectedFiles = new TreeSet<>();
        Map<Integer, Boolean> expectedOpen = new HashMap<>();
        List<RunJournal> living = new ArrayList<>();
        int going = 0;
        for (int i = 0; i < Integer.getInteger("sweep.branches", 50); i++) {
            Kind kind = choices.nextInt(3) == 0 ? Kind.OURS : Kind.values()[choices.nextInt(Kind.values().length)];
            Known known = Known.values()[choices.nextInt(Known.values().length)];
            boolean expired = choices.nextBoolean();
            BranchName name = name();
            String ref = ref(kind, name, choices);
            String commit = stored.commit(ref, message(kind, name, expired ? EARLIER : LATER), Map.of());
            boolean hasPull = choices.nextInt(3) == 0;
            int number = hasPull ? open(ref) : 0;
            boolean notesPull = choices.nextBoolean();
            if (known != Known.NOT) {
                RunJournal journal = RunJournal.begin(
                        cache,
                        name.run(),
                        RepositoryName.parse(
                                known == Known.OTHER_REPOSITORY ? "alice/other" : "Alice/Builds",
                                URI.create("https://github.com")),
                        known == Known.OTHER_GITHUB ? URI.create("https://api.github.com") : github.api());
                journal.pushing(name, new CommitId(known == Known.DEAD_OTHER_COMMIT ? "b".repeat(40) : commit));
                if (notesPull) {
                    journal.openingPullRequest();
                    if (hasPull && choices.nextBoolean()) {
                        journal.openedPullRequest(number);
                    }
                }
                if (known == Known.LIVING) {
                    living.add(journal);
                } else {
                    journal.left();
                    journal.close();
                }
            }
            if (kind == Kind.PUSHED_TO) {
                stored.commit(ref, "Mine now", Map.of());
            }
            boolean deadHere = known == Known.DEAD || known == Known.DEAD_OTHER_COMMIT;
            boolean goes = kind == Kind.OURS && (known == Known.DEAD || (expired && known != Known.LIVING));
            boolean pullOfJournal = deadHere && notesPull && ref.equals(name.toString());
            if (!goes) {
                expectedBranches.add(ref);
            }
            if (hasPull) {
                expectedOpen.put(number, !goes && !pullOfJournal);
            }
            going += (goes ? 1 : 0) + (hasPull && (goes || pullOfJournal) ? 1 : 0);
            boolean moved = deadHere
                    && ref.equals(name.toString())
                    && (kind != Kind.OURS || (known == Known.DEAD_OTHER_COMMIT && !expired));
            if (known == Known.LIVING) {
                expectedFiles.add(RunJournals.nameOfLiving(name.run()));
            } else if (moved || known == Known.OTHER_REPOSITORY || known == Known.OTHER_GITHUB) {
                expectedFiles.add(RunJournals.nameOfLeft(name.run()));
            }
        }
        assertThat(find()).as("seed %d", seed).hasSize(going);
        assertThat(remove().removed()).as("seed %d", seed).isEqualTo(going);
        assertThat(new TreeSet<>(stored.branches())).as("seed %d", seed).isEqualTo(expectedBranches);
        assertThat(new TreeSet<>(files())).as("seed %d", seed).isEqualTo(expectedFiles);
        for (int number : expectedOpen.keySet()) {
            assertThat(isOpen(number))
                    .as("seed %d, pull request %d", seed, number)
                    .isEqualTo(expectedOpen.get(number));
        }
        assertThat(remove().removed()).as("seed %d", seed).isZero();
        for (RunJournal journal : living) {
            journal.close();
        }
    }

    private static String ref(Kind kind, BranchName name, Random choices) {
        String hex = name.run().hex();
        return switch (kind) {
            case USERS ->
                List.of("feature/", "travis-compile-", "fix/travis-compile/").get(choices.nextInt(3)) + hex;
            case ALMOST_NAMED ->
                List.of(
                                name.toString().toLowerCase(Locale.ROOT),
                                name + "0",
                                name.toString().replace("-" + hex, "_" + hex),
                                "travis-compile/" + hex,
                                "x/" + name)
                        .get(choices.nextInt(5));
            default -> name.toString();
        };
    }

    private static String message(Kind kind, BranchName name, Instant expires) {
        String expiry = "Tcmp-Expires: " + expires + "\n";
        String run = "Compile demo 1.0\n\nTcmp-Run: " + name.run() + "\n";
        return switch (kind) {
            case NO_TRAILER -> "Compile demo 1.0\n";
            case OTHER_RUN -> run.replace(name.run().hex(), "0".repeat(32)) + expiry;
            case TWO_EXPIRIES -> run + expiry + expiry;
            case NO_TIME -> run + "Tcmp-Expires: yesterday\n";
            default -> run + expiry;
        };
    }

    private BranchName name() {
        byte[] run = new byte[16];
        random.nextBytes(run);
        return new BranchName(
                NOW.minus(Duration.ofHours(1)),
                new RunId(java.util.HexFormat.of().formatHex(run)));
    }

    private CommitId branch(BranchName name, Instant expires) {
        return new CommitId(stored.commit(name.toString(), message(Kind.OURS, name, expires), Map.of()));
    }

    private RunJournal begin(BranchName name) throws CrossCompileException {
        return RunJournal.begin(cache, name.run(), REPOSITORY, github.api());
    }

    private void dead(BranchName name, CommitId commit) throws CrossCompileException {
        try (RunJournal journal = begin(name)) {
            journal.pushing(name, commit);
            journal.left();
        }
    }

    private BranchName deadWithBuild(URI api, TravisRepositoryStandIn builds) throws Exception {
        BranchName name = name();
        String file = "if: type = pull_request AND head_branch = \"" + name + "\"\n"
                + "jobs:\n  include:\n    - name: linux-x86_64\n      script: 'true'\n";
        CommitId commit = new CommitId(stored.commit(
                name.toString(),
                message(Kind.OURS, name, LATER),
                Map.of(".travis.yml", file.getBytes(StandardCharsets.UTF_8))));
        int number = open(name.toString());
        try (RunJournal journal = begin(name)) {
            journal.pushing(name, commit);
            journal.awaitingBuilds(TravisProvider.SERVICE, api, true);
            journal.openingPullRequest();
            journal.openedPullRequest(number);
            journal.left();
        }
        builds.pullRequest(stored.directory().toString(), name.toString(), commit.hex(), number);
        assertThat(builds.builds()).hasSize(1);
        return name;
    }

    private int open(String branch) throws Exception {
        PullRequestText text = new PullRequestText(new RunId("0".repeat(32)), "demo 1.0", LATER);
        return cleanUp(TOKEN)
                .open(new CleanUpRequest(REPOSITORY, services(), cache))
                .github()
                .openPullRequest(branch, text)
                .number();
    }

    private boolean isOpen(int number) {
        return stored.pull(number).path("state").asText().equals("open");
    }

    private List<String> find() throws Exception {
        CleanUp cleanUp = cleanUp(TOKEN);
        return cleanUp.find(cleanUp.open(new CleanUpRequest(REPOSITORY, services(), cache)));
    }

    private CleanUp.Outcome remove() throws Exception {
        return remove(TOKEN);
    }

    private CleanUp.Outcome remove(String token) throws Exception {
        warnings.clear();
        CleanUp cleanUp = cleanUp(token);
        return cleanUp.remove(cleanUp.open(new CleanUpRequest(REPOSITORY, services(), cache)));
    }

    private CrossCompileRequest.Services services() {
        return new CrossCompileRequest.Services(Map.of(
                Parameter.GITHUB_API_URL,
                github.api().toString(),
                Parameter.GITHUB_WEB_URL,
                github.web().toString(),
                Parameter.TRAVIS_API_URL,
                travis.uri().toString(),
                Parameter.APPVEYOR_API_URL,
                URI.create("https://ci.appveyor.com/api").toString()));
    }

    private CleanUp cleanUp(String token) {
        HttpTimeouts timeouts = new HttpTimeouts(
                Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(20));
        InstantSource clock = () -> NOW.minus(AHEAD);
        return new CleanUp(
                new EventPublisher(this::onEvent, clock),
                HttpSettings.of(timeouts, clock, new CountedPause()),
                new Tokens(token));
    }

    private List<String> changes() {
        return github.requests().stream()
                .filter(request -> request.startsWith("PATCH") || request.endsWith("git-receive-pack"))
                .filter(request -> !request.startsWith("GET"))
                .toList();
    }

    private List<String> files() throws IOException {
        Path runs = cache.resolve("runs");
        if (Files.notExists(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "--git-dir", stored.directory().toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private void onEvent(RunEvent event) {
        if (event instanceof RunEvent.Info info) {
            infos.add(info.sentence());
        } else if (event instanceof RunEvent.Warning warning) {
            warnings.add(warning.sentence());
        }
    }

    private final class Tokens implements Credentials {

        private final String github;

        Tokens(String github) {
            this.github = github;
        }

        @Override
        public Secret github() {
            return Secret.of(github);
        }

        @Override
        public Secret ofService(Service service, Parameter serverId, String variable, String origin) {
            assertThat(service).isEqualTo(TravisProvider.SERVICE);
            travisTokens++;
            return Secret.of(travis.token());
        }

        @Override
        public Secret ngrok() throws CrossCompileException {
            throw new ActionNeededException("A clean-up has no use for ngrok.");
        }

        @Override
        public SshCredentials ssh() throws CrossCompileException {
            throw new ActionNeededException("A clean-up has no use for ssh.");
        }
    }
}

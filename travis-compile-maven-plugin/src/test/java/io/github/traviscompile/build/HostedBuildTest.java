package io.github.traviscompile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.WorkFailedException;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole hosted runs against the stand-ins: real git, bash, cargo and endpoint; whatever the end, nothing is left. */
class HostedBuildTest {

    @TempDir
    Path directory;

    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start() throws Exception {
        cloud = Cloud.start(directory.resolve("cloud"));
        run = new HostedRun(
                directory,
                new CrossCompileRequest.Services(cloud.githubApi(), cloud.githubWeb(), cloud.travisApi()),
                cloud.travisToken());
        write("Cargo.toml", "[package]\nname = \"greet\"\nversion = \"0.1.0\"\nedition = \"2018\"\n");
        write("Cargo.lock", "version = 3\n\n[[package]]\nname = \"greet\"\nversion = \"0.1.0\"\n");
        write("src/main.rs", "fn main() {\n    println!(\"hello\");\n}\n");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void deliversThroughAPullRequestThatIsGoneAfterwards() throws Exception {
        List<DeliveredPlatform> delivered = run();
        assertThat(delivered).singleElement().satisfies(platform -> {
            assertThat(platform.reused()).isFalse();
            assertThat(platform.files()).singleElement().satisfies(archive -> {
                assertThat(archive.holds()).containsExactly("greet");
                assertThat(archive.path()).isNotEmptyFile();
            });
        });
        String provenance = provenance(delivered);
        assertThat(provenance)
                .contains(
                        "\"name\": \"pushed commit\"",
                        "\"uri\": \"git+" + cloud.githubWeb() + "/alice/builds",
                        "/alice/builds/jobs/",
                        "\"log\": \"confirmed\"",
                        "\"rustc\": \"rustc ");
        assertThat(cloud.repository().pulls()).isEqualTo(1);
        assertThat(cloud.repository().pull(1).get("title").asText()).isEqualTo("travis-compile: do not merge");
        assertNothingIsLeft();
        assertThat(String.join("\n", run.told))
                .contains("Opened the pull request " + cloud.githubWeb() + "/alice/builds/pull/1.")
                .doesNotContain("does not name the digest");
        assertThat(cloud.github().requests().size()).isLessThan(40);

        cloud.builds().inactive();
        List<DeliveredPlatform> again = run();
        assertThat(again).singleElement().matches(DeliveredPlatform::reused);
        assertThat(provenance(again)).as("of the run that compiled").isEqualTo(provenance);
    }

    private static String provenance(List<DeliveredPlatform> delivered) throws IOException {
        return Files.readString(delivered.get(0).papers().get(0).path());
    }

    @Test
    void pushesOnlyWhereNoPullRequestIsWanted() throws Exception {
        run.pullRequest = false;
        assertThat(run()).hasSize(1);
        assertThat(cloud.repository().pulls()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void showsTheFirstErrorOfACrateThatDoesNotCompile() throws Exception {
        write("src/main.rs", "fn main() {\n    oops\n}\n");
        assertRefused(
                ActionNeededException.class, "linux-x86_64 did not compile", "cannot find value `oops`", "/jobs/");
        assertNothingIsLeft();
    }

    @Test
    void saysSoWhenTravisNeverHears() throws Exception {
        cloud.travisHearsNothing();
        run.queue = Duration.ofSeconds(2);
        assertRefused(ActionNeededException.class, "started no build", "<queueTimeoutMinutes>");
        assertNothingIsLeft();
    }

    @Test
    void saysSoWhenNoMachineIsFree() throws Exception {
        cloud.jobsGetNoMachines();
        run.queue = Duration.ofSeconds(2);
        assertRefused(ActionNeededException.class, "linux-x86_64 got no machine on Travis CI");
        assertThat(cloud.builds().builds().get(0).jobs().get(0).state()).isEqualTo("canceled");
        assertNothingIsLeft();
    }

    @Test
    void endsAtItsDeadline() throws Exception {
        cloud.jobsGetNoMachines();
        run.timeout = Duration.ofSeconds(3);
        assertRefused(ActionNeededException.class, "unfinished: linux-x86_64", "<timeoutMinutes>");
        assertNothingIsLeft();
    }

    @Test
    void endsWhenTheTunnelDies() throws Exception {
        cloud.jobsGetNoMachines();
        run.authtoken = "ends";
        assertThatThrownBy(this::run).isInstanceOf(CrossCompileException.class).hasMessageContaining("ngrok ended it");
        assertNothingIsLeft();
    }

    @Test
    void keepsBranchAndPullRequestOfAFailureForInspection() throws Exception {
        run.keepOnFailure = true;
        write("src/main.rs", "fn main() {\n    oops\n}\n");
        assertRefused(ActionNeededException.class, "did not compile");
        assertThat(cloud.repository().branches()).hasSize(2);
        assertThat(cloud.repository().pull(1).get("state").asText()).isEqualTo("open");
        assertThat(run.told).anyMatch(line -> line.contains("<keepOnFailure> (-Dtravis-compile.keepOnFailure)"));

        write("src/main.rs", "fn main() {}\n");
        assertThat(run()).as("the next run leaves it until it expires").hasSize(1);
        assertThat(cloud.repository().branches()).hasSize(2);
    }

    @Test
    void refusesBeforeAnythingLeaves() throws Exception {
        run.offline = true;
        assertRefused(ActionNeededException.class, "offline (-o)", "linux-x86_64");
        run.offline = false;
        cloud.builds().inactive();
        assertRefused(ActionNeededException.class, "switched off on Travis CI");
        run.githubToken = "wrong";
        assertRefused(ActionNeededException.class, "does not accept the token (401");
        run.githubToken = Cloud.GITHUB_TOKEN.value();
        run.repository = "alice/absent";
        assertRefused(ActionNeededException.class, "there is no repository alice/absent");
        cloud.github().add("alice/public", false).withReadme();
        run.repository = "alice/public";
        assertRefused(ActionNeededException.class, "is public", "<acceptPublic>true</acceptPublic>");
        assertNothingIsLeft();
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
    }

    @Test
    void aPublicRepositoryServesAProjectThatIsPublicItself() throws Exception {
        cloud.github().add("alice/public", false).withReadme();
        cloud.github().add("alice/secret", true).withReadme();
        run.repository = "alice/public";
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/config", "[remote \"origin\"]\n\turl = " + cloud.githubWeb() + "/alice/secret.git\n");
        assertRefused(ActionNeededException.class, "is public");
        write(".git/config", "[remote \"origin\"]\n\turl = " + cloud.githubWeb() + "/alice/public.git\n");
        // Travis CI does not know that repository, which is asked for only then.
        assertRefused(ActionNeededException.class, "Travis CI does not know the repository 'alice/public'");
    }

    @Test
    void aTunnelOfOnesOwnNeedsItsPort() {
        run.tunnel = "https://builds.example.org";
        assertRefused(ActionNeededException.class, "<receiverPort> (-Dtravis-compile.receiverPort)");
        assertThat(cloud.github().requests()).isEmpty();
    }

    @Test
    void aRuleOfTheRepositoryIsNamed() throws Exception {
        cloud.repository().protectedRefs = ref -> ref.startsWith("refs/heads/travis-compile/");
        assertRefused(ActionNeededException.class, "A rule of the repository forbids it");
        assertNothingIsLeft();
    }

    @Test
    void aPullRequestThatCannotBeOpenedTakesItsBranchAlong() throws Exception {
        cloud.github().fault(Fault.answer("POST", "/pulls", Fault.FOR_EVER, 500, Map.of(), "{}"));
        assertRefused(WorkFailedException.class, "The pull request of", "GitHub answers 500");
        assertNothingIsLeft();
    }

    @Test
    void aCleanUpThatFailsIsAWarningAndTheNextRunDoesIt() throws Exception {
        cloud.github().fault(Fault.answer("PATCH", "/pulls/1", Fault.FOR_EVER, 500, Map.of(), "{}"));
        assertThat(run()).hasSize(1);
        assertThat(run.told).anyMatch(line -> line.contains("is still open and cannot be closed"));
        assertThat(journals()).hasSize(1);
        cloud.github().heal();
        write("src/main.rs", "fn main() {}\n");
        assertThat(run()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void aRunThatIsInterruptedAtAnyStepTakesEverythingAway() throws Exception {
        cloud.jobsGetNoMachines();
        for (String step : STEPS) {
            long before = seen(step);
            FutureTask<List<DeliveredPlatform>> task = new FutureTask<>(this::run);
            Thread thread = new Thread(task);
            thread.start();
            while (seen(step) == before) {
                thread.join(5);
            }
            thread.interrupt();
            // What a library swallowed is asked for again, as Ctrl-C's hook sets a mark besides.
            while (thread.isAlive()) {
                thread.join(2_000);
                if (thread.isAlive()) {
                    thread.interrupt();
                }
            }
            assertThatThrownBy(task::get)
                    .as(step)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertNothingIsLeft();
            assertNothingIsBuilt(step);
        }
    }

    private void assertNothingIsBuilt(String step) {
        assertThat(cloud.builds().builds())
                .as(step)
                .allSatisfy(build -> assertThat(build.jobs())
                        .allSatisfy(job -> assertThat(job.state()).isEqualTo("canceled")));
    }

    /** SIGTERM is what Ctrl-C does, too: the JVM begins its shutdown. */
    @Test
    void toldToStopAtAnyStepItTakesEverythingAwayInTime() throws Exception {
        cloud.jobsGetNoMachines();
        for (String step : STEPS) {
            Process process = HostedRun.start(run);
            awaitRequest(step, process);
            process.destroy();
            assertThat(process.waitFor(12, TimeUnit.SECONDS)).as(step).isTrue();
            assertThat(cloud.repository().branches())
                    .as(() -> step + "\n" + run.processLog())
                    .containsExactly("main");
            assertNothingIsLeft();
            assertNothingIsBuilt(step);
        }
    }

    @Test
    void whatAKilledRunLeftAtAnyStepTheNextOneTakesAway() throws Exception {
        cloud.jobsGetNoMachines();
        for (String step : STEPS) {
            Process process = HostedRun.start(run);
            awaitRequest(step, process);
            process.destroyForcibly().waitFor();
        }
        cloud.repository().commit("feature", "Somebody's own", Map.of("README.md", new byte[] {1}));
        run.timeout = Duration.ofSeconds(1);
        assertRefused(ActionNeededException.class, "<timeoutMinutes>");
        assertThat(cloud.repository().branches()).containsExactlyInAnyOrder("main", "feature");
        for (int number = 1; number <= cloud.repository().pulls(); number++) {
            assertThat(cloud.repository().pull(number).get("state").asText()).isEqualTo("closed");
        }
        assertThat(journals()).isEmpty();
        assertNothingIsBuilt("every step");
    }

    /** Each is heard of at GitHub or Travis CI just after the journal noted it. */
    private static final List<String> STEPS = List.of(
            "POST /alice/builds.git/git-receive-pack",
            "POST /api/v3/repos/alice/builds/pulls",
            "/jobs?include=job.config");

    private void awaitRequest(String step, Process process) throws InterruptedException {
        long before = seen(step);
        while (seen(step) == before) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The run ended before " + step + ".");
            }
        }
    }

    private long seen(String step) {
        return Stream.concat(
                        cloud.github().requests().stream(),
                        cloud.travis().seen().stream().map(seen -> seen.method() + " " + seen.path()))
                .filter(request -> request.contains(step))
                .count();
    }

    @Test
    void nothingSecretIsInWhatGitHubAndTheUserSee() throws Exception {
        run();
        List<String> secrets = Stream.concat(
                        cloud.builds().builds().get(0).jobs().get(0).secrets().stream(),
                        Stream.of(run.githubToken, cloud.travis().token(), run.authtoken))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
        String seen = String.join("\n", run.told)
                + cloud.repository().pull(1)
                + cloud.github().requests();
        assertThat(secrets).noneMatch(seen::contains);
    }

    private void assertRefused(Class<? extends CrossCompileException> type, String... parts) {
        ThrowingCallable whole = this::run;
        assertThatThrownBy(whole).isInstanceOf(type).hasMessageContainingAll(parts);
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(cloud.repository().branches()).containsExactly("main");
        for (int number = 1; number <= cloud.repository().pulls(); number++) {
            assertThat(cloud.repository().pull(number).get("state").asText()).isEqualTo("closed");
        }
        assertThat(journals()).isEmpty();
    }

    private List<Path> journals() throws IOException {
        Path runs = directory.resolve("cache/runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".journal")).toList();
        }
    }

    private List<DeliveredPlatform> run() throws CrossCompileException, InterruptedException {
        return run.now();
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve("project").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}

package io.github.traviscompile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ngrok.NativeSession;
import io.github.traviscompile.ci.travis.TravisPatience;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Host;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Secret;
import io.github.traviscompile.platform.SshCredentials;
import io.github.traviscompile.platform.WorkFailedException;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private static final TravisPatience QUICK = new TravisPatience(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(100));

    @TempDir
    Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Cloud cloud;
    private String githubToken = Cloud.GITHUB_TOKEN.value();
    private String authtoken = "an-authtoken";
    private Duration timeout = Duration.ofMinutes(4);
    private Duration queue = Duration.ofMinutes(4);
    private boolean pullRequest = true;
    private boolean keepOnFailure;
    private boolean offline;
    private String repository = Cloud.SLUG;

    @BeforeEach
    void start() throws Exception {
        cloud = Cloud.start(directory.resolve("cloud"));
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
            assertThat(platform.files()).containsExactly("greet");
            assertThat(platform.reused()).isFalse();
            assertThat(platform.archive()).isNotEmptyFile();
        });
        assertThat(cloud.repository().pulls()).isEqualTo(1);
        assertThat(cloud.repository().pull(1).get("title").asText()).isEqualTo("travis-compile: do not merge");
        assertNothingIsLeft();
        assertThat(String.join("\n", told))
                .contains("Opened the pull request " + cloud.githubWeb() + "/alice/builds/pull/1.")
                .doesNotContain("does not name the digest");
        assertThat(cloud.github().requests().size()).isLessThan(40);

        cloud.builds().inactive();
        assertThat(run()).singleElement().matches(DeliveredPlatform::reused);
    }

    @Test
    void pushesOnlyWhereNoPullRequestIsWanted() throws Exception {
        pullRequest = false;
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
        queue = Duration.ofSeconds(2);
        assertRefused(ActionNeededException.class, "started no build", "<queueTimeoutMinutes>");
        assertNothingIsLeft();
    }

    @Test
    void saysSoWhenNoMachineIsFree() throws Exception {
        cloud.jobsGetNoMachines();
        queue = Duration.ofSeconds(2);
        assertRefused(ActionNeededException.class, "linux-x86_64 got no machine on Travis CI");
        assertThat(cloud.builds().builds().get(0).jobs().get(0).state()).isEqualTo("canceled");
        assertNothingIsLeft();
    }

    @Test
    void endsAtItsDeadline() throws Exception {
        cloud.jobsGetNoMachines();
        timeout = Duration.ofSeconds(3);
        assertRefused(ActionNeededException.class, "unfinished: linux-x86_64", "<timeoutMinutes>");
        assertNothingIsLeft();
    }

    @Test
    void endsWhenTheTunnelDies() throws Exception {
        cloud.jobsGetNoMachines();
        authtoken = "ends";
        assertThatThrownBy(this::run).isInstanceOf(CrossCompileException.class).hasMessageContaining("ngrok ended it");
        assertNothingIsLeft();
    }

    @Test
    void keepsBranchAndPullRequestOfAFailureForInspection() throws Exception {
        keepOnFailure = true;
        write("src/main.rs", "fn main() {\n    oops\n}\n");
        assertRefused(ActionNeededException.class, "did not compile");
        assertThat(cloud.repository().branches()).hasSize(2);
        assertThat(cloud.repository().pull(1).get("state").asText()).isEqualTo("open");
        assertThat(told).anyMatch(line -> line.contains("<keepOnFailure> (-Dtravis-compile.keepOnFailure)"));

        write("src/main.rs", "fn main() {}\n");
        assertThat(run()).as("the next run leaves it until it expires").hasSize(1);
        assertThat(cloud.repository().branches()).hasSize(2);
    }

    @Test
    void refusesBeforeAnythingLeaves() throws Exception {
        offline = true;
        assertRefused(ActionNeededException.class, "offline (-o)", "linux-x86_64");
        offline = false;
        cloud.builds().inactive();
        assertRefused(ActionNeededException.class, "switched off on Travis CI");
        githubToken = "wrong";
        assertRefused(ActionNeededException.class, "does not accept the token (401");
        githubToken = Cloud.GITHUB_TOKEN.value();
        repository = "alice/absent";
        assertRefused(ActionNeededException.class, "there is no repository alice/absent");
        cloud.github().add("alice/public", false).withReadme();
        repository = "alice/public";
        assertRefused(ActionNeededException.class, "is public", "<acceptPublic>true</acceptPublic>");
        assertNothingIsLeft();
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
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
        assertThat(told).anyMatch(line -> line.contains("is still open and cannot be closed"));
        assertThat(journals()).hasSize(1);
        cloud.github().heal();
        write("src/main.rs", "fn main() {}\n");
        assertThat(run()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void anInterruptedRunTakesEverythingAway() throws Exception {
        cloud.jobsGetNoMachines();
        FutureTask<List<DeliveredPlatform>> task = new FutureTask<>(this::run);
        Thread thread = new Thread(task);
        thread.start();
        while (cloud.builds().builds().isEmpty()) {
            thread.join(20);
        }
        thread.interrupt();
        assertThatThrownBy(() -> task.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(cloud.builds().builds().get(0).jobs().get(0).state()).isEqualTo("canceled");
        assertNothingIsLeft();
    }

    @Test
    void nothingSecretIsInWhatGitHubAndTheUserSee() throws Exception {
        run();
        List<String> secrets = Stream.concat(
                        cloud.builds().builds().get(0).jobs().get(0).secrets().stream(),
                        Stream.of(githubToken, cloud.travis().token(), authtoken))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
        String seen = String.join("\n", told)
                + cloud.repository().pull(1)
                + cloud.github().requests();
        assertThat(secrets).noneMatch(seen::contains);
    }

    private void assertRefused(Class<? extends CrossCompileException> type, String... parts) {
        ThrowingCallable run = this::run;
        assertThatThrownBy(run).isInstanceOf(type).hasMessageContainingAll(parts);
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
        Credentials credentials = new Credentials() {
            @Override
            public Secret github() {
                return Secret.of(githubToken);
            }

            @Override
            public Secret travis() {
                return cloud.travisToken();
            }

            @Override
            public Secret ngrok() {
                return Secret.of(authtoken);
            }

            @Override
            public SshCredentials ssh() {
                return SshCredentials.DEFAULT;
            }
        };
        BuildListener listener = new BuildListener() {
            @Override
            public void info(String sentence) {
                told.add(sentence);
            }

            @Override
            public void warning(String sentence) {
                told.add(sentence);
            }

            @Override
            public void progress(Leg leg, String phase, String detail) {
                told.add(leg.id() + ": " + phase + " " + detail);
            }
        };
        return new CrossCompiler(
                        listener, InstantSource.system(), new Outside(credentials, HostedBuildTest::ngrok, QUICK))
                .run(request());
    }

    private static Path ngrok(String coordinates) {
        Class<?> type = coordinates.contains("native") ? NativeSession.class : com.ngrok.Session.class;
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private CrossCompileRequest request() {
        return new CrossCompileRequest(
                directory.resolve("project"),
                new CrossCompileRequest.Where(List.of("linux-x86_64"), Optional.of("travis"), Optional.of(repository)),
                new CrossCompileRequest.What(List.of(), List.of(), false, "release", true, Optional.empty(), Map.of()),
                new CrossCompileRequest.Source(Optional.empty(), List.of(), List.of(), List.of()),
                new CrossCompileRequest.Delivery(
                        Optional.empty(),
                        Optional.of(directory.resolve("out")),
                        Optional.of(directory.resolve("build")),
                        Optional.of(directory.resolve("cache")),
                        Set.of(),
                        Optional.empty()),
                new CrossCompileRequest.Running(true, false, true, offline, Optional.empty(), timeout),
                new CrossCompileRequest.Hosting(
                        "ngrok",
                        Optional.empty(),
                        pullRequest,
                        false,
                        keepOnFailure,
                        queue,
                        new CrossCompileRequest.Services(cloud.githubApi(), cloud.githubWeb(), cloud.travisApi())),
                new Host("Linux", "amd64", directory.resolve("home"), Map.of()),
                "1.0");
    }

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve("project").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}

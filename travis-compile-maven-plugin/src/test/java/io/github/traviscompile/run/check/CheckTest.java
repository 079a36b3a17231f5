package io.github.traviscompile.run.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.run.HostedRun;
import io.github.traviscompile.run.HostedScene;
import io.github.traviscompile.run.HostedSceneExtension;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.NginxEdge;
import io.github.traviscompile.standin.StandInToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the goal {@code check} finds against the stand-ins, where nothing is changed and nothing secret is said. */
@ExtendWith(HostedSceneExtension.class)
class CheckTest {

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
    }

    @AfterEach
    void stop() throws IOException {
        scene.assertNothingIsLeft();
        assertThat(cloud.repository().pulls()).isZero();
        assertThat(cloud.builds().builds()).isEmpty();
        assertThat(cloud.appveyorProject().builds()).isEmpty();
        assertThat(cloud.github().actions().runs()).isEmpty();
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
        try (Stream<Path> made = Files.list(scene.directory())) {
            assertThat(made.map(path -> path.getFileName().toString()))
                    .as("neither build nor output nor cache directory")
                    .isSubsetOf("cloud", "project", "edge", "bin");
        }
    }

    @Test
    void allIsReady() throws Exception {
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "osx-x86_64");
        assertThat(check()).isEqualTo("""
                READY project: greet 0.1.0 for linux-x86_64 (travis), osx-x86_64 (travis).
                READY snapshot: 3 files, N bytes, none of which looks like a secret.
                READY GitHub token: is there.
                READY GitHub repository: alice/builds is there, and GitHub accepts the token for it.
                READY right to push: the token's owner may push to alice/builds; what a fine-grained token itself may do, \
                GitHub does not tell before it is used.
                READY first commit: the branch 'main' of alice/builds is there to start from.
                READY privacy: alice/builds is private.
                READY Travis CI: is ready for linux-x86_64, osx-x86_64.
                READY GitHub Actions: is ready for linux-x86_64, osx-x86_64.
                READY AppVeyor: is ready for linux-x86_64, osx-x86_64.
                READY tunnel: opened after N ms; what was sent to its public address came through to this machine, and the \
                answer back, in N ms.
                """);
    }

    @Test
    void withoutATokenForGitHubTheRestIsAskedAllTheSame() throws Exception {
        run.githubToken = "";
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE);
        assertThat(subjects())
                .containsExactly(
                        "READY project", "READY snapshot", "MISSING GitHub token", "READY Travis CI", "READY tunnel");
        assertThat(cloud.github().requests()).isEmpty();
        // What is secret in the end.
        run.githubToken = Cloud.GITHUB_TOKEN.value();
    }

    @Test
    void aTokenThatIsRefusedIsNoLongerAskedWith() throws Exception {
        run.githubToken = "github_pat_wrong";
        assertThat(check())
                .contains("READY GitHub token", "MISSING GitHub repository", "does not accept the token (401");
    }

    @Test
    void aTokenWithoutAScopeSaysWhichAndOneWithTooManyIsARemark() throws Exception {
        run.githubToken = classic("gist");
        assertThat(check())
                .contains(
                        "MISSING right to push: The token lacks the scope 'repo' to push to alice/builds.",
                        "READY privacy");
        run.githubToken = classic("repo, workflow, gist");
        assertThat(check())
                .contains("READY right to push: the token's owner may push to alice/builds, and so may the token.")
                .contains("REMARK GitHub token: The GitHub token may do more than needed: gist.");
        run.ci = "github-actions";
        run.githubToken = classic("repo");
        assertThat(check()).contains("MISSING GitHub Actions: The GitHub token lacks the scope 'workflow'");
    }

    private String classic(String scopes) {
        StandInToken token = new StandInToken(
                "ghp_" + scopes.replaceAll("\\W", "_"), Optional.of(scopes), Cloud.GITHUB_TOKEN.rights());
        cloud.github().add(token);
        return token.value();
    }

    @Test
    void aRepositoryMayBeAbsentPublicOrEmpty() throws Exception {
        run.repository = "alice/absent";
        assertThat(check()).contains("MISSING GitHub repository", "there is no repository alice/absent");
        cloud.github().add("alice/public", false).withReadme();
        run.repository = "alice/public";
        assertThat(check())
                .contains("READY first commit", "MISSING privacy: The repository alice/public is public")
                .contains("<acceptPublic>true</acceptPublic> (-Dtravis-compile.acceptPublic=true)");
        cloud.github().add("alice/empty", true);
        run.repository = "alice/empty";
        assertThat(check())
                .contains("READY privacy", "MISSING first commit: The branch 'main' cannot be looked up")
                .contains("A repository needs at least one commit");
    }

    @Test
    void aServiceThatIsNotReadyIsARemarkAsLongAsOthersAre() throws Exception {
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE);
        cloud.builds().inactive();
        assertThat(check())
                .contains(
                        "REMARK Travis CI: The repository 'alice/builds' is switched off on Travis CI",
                        "Until then others compile what it would have.",
                        "READY GitHub Actions: is ready for linux-x86_64.");
        run.ci = "travis";
        assertThat(check()).contains("MISSING Travis CI: The repository 'alice/builds' is switched off");
    }

    @Test
    void servicesSayWhatTheyLack() throws Exception {
        run.ci = "auto";
        run.accounts = Set.of(TravisProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "linux-aarch_64");
        cloud.builds().allowance(Map.of("subscription_type", 2, "public_repos", true, "private_repos", false));
        run.appveyorToken = Secret.of("wrong-appveyor-token");
        assertThat(check())
                .contains("MISSING Travis CI: The account 'alice' has no credits left on Travis CI")
                .contains("MISSING AppVeyor: AppVeyor does not accept the token")
                .doesNotContain("wrong-appveyor-token");
    }

    @Test
    void aServiceThatIsDownCannotBeMendedByTheUser() throws Exception {
        cloud.travis().failForEver("/", 503, "");
        run.patience = new HttpTimeouts(
                Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofMillis(10), Duration.ofMillis(100));
        assertThat(check()).contains("BROKEN Travis CI: Could not check the token", "answered with status 503");
    }

    @Test
    void aTunnelThatLeadsNowhereIsSaidToDoSo() throws Exception {
        run.tunnel = Optional.of("https://127.0.0.1:" + NginxEdge.freePort());
        run.receiverPort = Optional.of(NginxEdge.freePort());
        assertThat(check()).contains("BROKEN tunnel: No server answers at the tunnel's public address, tried for 1 s");
        run.receiverPort = Optional.empty();
        assertThat(check()).contains("MISSING project: <tunnel> (-Dtravis-compile.tunnel) is an address of your own");
        run.tunnel = Optional.of("ngrok");
        run.authtoken = "wrong-authtoken";
        assertThat(check()).contains("MISSING tunnel: ").doesNotContain("wrong-authtoken");
    }

    @Test
    void withoutATunnelNoneIsAsked() throws Exception {
        run.ci = "github-actions";
        run.accounts = Set.of(ActionsProvider.SERVICE);
        run.tunnel = Optional.empty();
        assertThat(check())
                .contains(
                        "READY GitHub Actions",
                        "READY delivery: by artifacts of GitHub Actions, without a tunnel: neither <tunnel> nor")
                .doesNotContain("READY tunnel: ", "MISSING tunnel: ");
        assertThat(run.resolved).isEmpty();
    }

    @Test
    void offlineOnlyThisMachineIsAsked() throws Exception {
        run.offline = true;
        assertThat(subjects()).containsExactly("READY project", "READY snapshot", "REMARK hosted machines");
        assertThat(cloud.github().requests()).isEmpty();
        assertThat(cloud.travis().seen()).isEmpty();
    }

    @Test
    void theProjectAndItsSnapshotAreLookedAtFirst() throws Exception {
        scene.write("id_rsa", "no key, but called like one\n");
        assertThat(check())
                .contains("MISSING snapshot: The snapshot would contain possible secrets: id_rsa", "READY tunnel");
        run.ci = "local";
        run.platforms = List.of("osx-x86_32");
        assertThat(subjects()).containsExactly("MISSING project");
    }

    @Test
    void thisMachineHasWhatItsOwnPlatformNeeds() throws Exception {
        run.ci = "local";
        run.environment = System.getenv();
        assertThat(subjects())
                .containsExactly(
                        "READY project",
                        "READY snapshot",
                        "READY bash",
                        "READY curl",
                        "READY openssl",
                        "READY Rust",
                        "READY linux-x86_64");
        assertThat(cloud.github().requests()).isEmpty();
    }

    @Test
    void thisMachineMayLackAStandardLibraryALinkerAndTools() throws Exception {
        run.ci = "local";
        run.platforms = List.of("linux-x86_64", "windows-aarch_64");
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("CARGO", tool("cargo").toString());
        environment.put("RUSTC", tool("rustc").toString());
        environment.put(
                "PATH",
                Files.createDirectories(scene.directory().resolve("bin")).toString());
        environment.put("CARGO_HOME", scene.directory().resolve("bin").toString());
        run.environment = environment;
        assertThat(check())
                .contains(
                        "MISSING bash: Compiling on this machine needs bash",
                        "MISSING curl: ",
                        "MISSING openssl: ",
                        "READY Rust: rustc ",
                        "MISSING linux-x86_64: The platform 'linux-x86_64' cannot be linked on this machine: no cc was"
                                + " found in " + scene.directory().resolve("bin"),
                        "MISSING windows-aarch_64: The platform 'windows-aarch_64' cannot be compiled on this machine:"
                                + " rustc ");
    }

    /** The real one, as the machine's own toolchain has it. */
    private Path tool(String name) throws Exception {
        LocalToolchain toolchain = LocalToolchain.find(System.getenv(), scene.directory(), Optional.empty());
        return name.equals("cargo") ? toolchain.cargo() : toolchain.rustc();
    }

    private String check() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (CheckResult finding : run.check(Duration.ofSeconds(1))) {
            lines.append(finding.verdict())
                    .append(' ')
                    .append(finding.subject())
                    .append(": ")
                    .append(finding.sentence().replaceAll("[0-9]+ (ms|bytes)", "N $1"))
                    .append('\n');
        }
        return lines.toString();
    }

    private List<String> subjects() throws Exception {
        return run.check(Duration.ofSeconds(1)).stream()
                .map(finding -> finding.verdict() + " " + finding.subject())
                .toList();
    }
}

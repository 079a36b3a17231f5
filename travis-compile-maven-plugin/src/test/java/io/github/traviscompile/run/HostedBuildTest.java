package io.github.traviscompile.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.appveyor.AppVeyorProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.packaging.PublishedSchema;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.PlatformOverride;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.standin.Cloud;
import io.github.traviscompile.standin.NginxEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole hosted runs against the stand-ins: real git, bash, cargo and endpoint; nothing secret gets out. */
@ExtendWith(HostedSceneExtension.class)
class HostedBuildTest {

    private HostedScene scene;
    private Cloud cloud;
    private HostedRun run;

    @BeforeEach
    void start(HostedScene made) throws Exception {
        scene = made;
        cloud = scene.cloud;
        run = scene.run;
    }

    @Test
    void deliversThroughAPullRequestThatIsGoneAfterwards() throws Exception {
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered).singleElement().satisfies(platform -> {
            assertThat(platform.reused()).isFalse();
            assertThat(platform.files()).singleElement().satisfies(archive -> {
                assertThat(archive.holds()).containsExactly("greet");
                assertThat(archive.path()).isNotEmptyFile();
            });
        });
        String provenance = paper(delivered, 0);
        assertThat(PublishedSchema.slsaProvenance().judge(provenance)).isEmpty();
        assertThat(PublishedSchema.cycloneDx().judge(paper(delivered, 1))).isEmpty();
        assertThat(provenance)
                .contains(
                        "\"name\": \"pushed commit\"",
                        "\"uri\": \"git+" + cloud.githubWeb() + "/alice/builds",
                        "/alice/builds/jobs/",
                        "\"log\": \"confirmed\"",
                        "\"rustc\": \"rustc ");
        assertThat(cloud.repository().pulls()).isEqualTo(1);
        assertThat(cloud.repository().pull(1).get("title").asText()).isEqualTo("travis-compile: do not merge");
        scene.assertNothingIsLeft();
        assertThat(String.join("\n", run.told))
                .contains("Opened the pull request " + cloud.githubWeb() + "/alice/builds/pull/1.")
                .doesNotContain("does not name the digest");
        assertThat(cloud.github().requests().size()).isLessThan(40);
        assertThat(run.heard.stream()
                        .filter(RunEvent.LegMoved.class::isInstance)
                        .map(event -> ((RunEvent.LegMoved) event).phase())
                        .distinct())
                .containsSubsequence(
                        LegPhase.SETTING_UP,
                        LegPhase.UPLOADING,
                        LegPhase.DELIVERED,
                        LegPhase.VERIFYING,
                        LegPhase.VERIFIED);
        assertThat(run.heard)
                .hasAtLeastOneElementOfType(RunEvent.LegsQueued.class)
                .hasAtLeastOneElementOfType(RunEvent.JobSeen.class)
                .last()
                .isInstanceOf(RunEvent.Ended.class);

        cloud.builds().inactive();
        List<DeliveredPlatform> again = scene.run();
        assertThat(again).singleElement().matches(DeliveredPlatform::reused);
        assertThat(paper(again, 0)).as("of the run that compiled").isEqualTo(provenance);
    }

    @Test
    void mergesBothProcessorsOfAMacOfWhichEachIsALeg() throws Exception {
        run.platforms = List.of("osx-universal2");
        List<DeliveredPlatform> delivered = scene.run();
        assertThat(delivered).singleElement().satisfies(mac -> {
            assertThat(mac.platform()).isEqualTo(Platform.OSX_UNIVERSAL2);
            assertThat(mac.reused()).isFalse();
            assertThat(mac.inspection().oldestSystem().map(Object::toString)).contains("macOS 11.0");
            assertThat(mac.files()).singleElement().satisfies(archive -> {
                assertThat(archive.holds()).containsExactly("greet");
                assertThat(archive.path().getFileName().toString()).endsWith("-osx-universal2.tar.gz");
            });
        });
        String provenance = paper(delivered, 0);
        assertThat(PublishedSchema.slsaProvenance().judge(provenance)).isEmpty();
        assertThat(provenance).contains("\"osx-universal2\"", "\"x86_64-apple-darwin\"", "\"aarch64-apple-darwin\"");
        scene.assertNothingIsLeft();

        cloud.builds().inactive();
        assertThat(scene.run()).singleElement().matches(DeliveredPlatform::reused);
    }

    private static String paper(List<DeliveredPlatform> delivered, int which) throws IOException {
        return Files.readString(delivered.get(0).papers().get(which).path());
    }

    @Test
    void packsNothingOfWhatIsNotWhatWasPromised() throws Exception {
        scene.write("src/lib.rs", "#[no_mangle] pub extern \"C\" fn greet() {}\n");
        scene.write("Cargo.toml", """
                [package]
                name = "greet"
                version = "0.1.0"
                edition = "2018"

                [lib]
                crate-type = ["cdylib"]
                """);
        run.requiredExports = List.of("farewell");
        scene.assertRefused(
                ActionNeededException.class,
                "The file 'libgreet.so' for linux-x86_64",
                "(-Dtravis-compile.requiredExports)");
        scene.assertNothingIsLeft();
        assertThat(scene.directory().resolve("out")).isEmptyDirectory();

        run.requiredExports = List.of();
        assertThat(scene.run())
                .as("nothing has to be compiled again")
                .singleElement()
                .satisfies(platform -> {
                    assertThat(platform.reused()).isTrue();
                    assertThat(platform.inspection().oldestSystem())
                            .get()
                            .asString()
                            .startsWith("glibc 2.");
                });
    }

    @Test
    void pushesOnlyWhereNoPullRequestIsWanted() throws Exception {
        run.pullRequest = false;
        assertThat(scene.run()).hasSize(1);
        assertThat(cloud.repository().pulls()).isZero();
        scene.assertNothingIsLeft();
    }

    @Test
    void refusesBeforeAnythingLeaves() throws Exception {
        run.offline = true;
        scene.assertRefused(ActionNeededException.class, "offline (-o)", "linux-x86_64");
        run.offline = false;
        cloud.builds().inactive();
        scene.assertRefused(ActionNeededException.class, "switched off on Travis CI");
        run.githubToken = "wrong";
        scene.assertRefused(ActionNeededException.class, "does not accept the token (401");
        run.githubToken = Cloud.GITHUB_TOKEN.value();
        run.repository = "alice/absent";
        scene.assertRefused(ActionNeededException.class, "there is no repository alice/absent");
        cloud.github().add("alice/public", false).withReadme();
        run.repository = "alice/public";
        scene.assertRefused(ActionNeededException.class, "is public", "<acceptPublic>true</acceptPublic>");
        scene.assertNothingIsLeft();
        assertThat(cloud.github().requests()).noneMatch(request -> request.contains("git-receive-pack"));
    }

    @Test
    void aPublicRepositoryServesAProjectThatIsPublicItself() throws Exception {
        cloud.github().add("alice/public", false).withReadme();
        cloud.github().add("alice/secret", true).withReadme();
        run.repository = "alice/public";
        scene.write(".git/HEAD", "ref: refs/heads/main\n");
        scene.write(".git/config", "[remote \"origin\"]\n\turl = " + cloud.githubWeb() + "/alice/secret.git\n");
        scene.assertRefused(ActionNeededException.class, "is public");
        scene.write(".git/config", "[remote \"origin\"]\n\turl = " + cloud.githubWeb() + "/alice/public.git\n");
        // Travis CI does not know that repository, which is asked for only then.
        scene.assertRefused(ActionNeededException.class, "Travis CI does not know the repository 'alice/public'");
    }

    @Test
    void aTunnelOfOnesOwnNeedsItsPort() {
        run.tunnel = Optional.of("https://builds.example.org");
        scene.assertRefused(ActionNeededException.class, "<receiverPort> (-Dtravis-compile.receiverPort)");
        assertThat(cloud.github().requests()).isEmpty();
    }

    @Test
    void keepsBranchAndPullRequestOfAFailureForInspection() throws Exception {
        run.keepOnFailure = true;
        scene.write("src/main.rs", "fn main() {\n    oops\n}\n");
        scene.assertRefused(ActionNeededException.class, "did not compile");
        assertThat(cloud.repository().branches()).hasSize(2);
        assertThat(cloud.repository().pull(1).get("state").asText()).isEqualTo("open");
        assertThat(run.told).anyMatch(line -> line.contains("<keepOnFailure> (-Dtravis-compile.keepOnFailure)"));

        scene.write("src/main.rs", "fn main() {}\n");
        assertThat(scene.run()).as("the next run leaves it until it expires").hasSize(1);
        assertThat(cloud.repository().branches()).hasSize(2);
    }

    /** As edges of tunnels are: TLS, HTTP/2 for whoever does not ask for HTTP/1.1, and no body above a mebibyte. */
    @Test
    void deliversThroughAnEdgeWithTlsHttp2AndALimit() throws Exception {
        scene.write("src/main.rs", """
                #[used]
                static LARGE: [u8; 3 << 20] = [7; 3 << 20];

                fn main() {
                    println!("{}", LARGE[1]);
                }
                """);
        int port = NginxEdge.freePort();
        try (NginxEdge edge = NginxEdge.start(scene.directory().resolve("edge"), port)) {
            run.tunnel = Optional.of(edge.uri().toString());
            run.receiverPort = Optional.of(port);
            cloud.variable("CURL_CA_BUNDLE", edge.certificate().toString());
            Process process = HostedRun.start(
                    run,
                    "-Djavax.net.ssl.trustStore=" + edge.trustStore(),
                    "-Djavax.net.ssl.trustStorePassword=changeit");
            assertThat(process.waitFor())
                    .as(() -> run.processLog() + edge.errors())
                    .isZero();
            assertThat(edge.requests())
                    .allMatch(request -> request.startsWith("HTTP/1.1 "))
                    .anyMatch(request -> request.matches("\\S+ PUT 413 .*"))
                    .anyMatch(request -> request.matches("\\S+ PUT 200 .*"));
        }
        assertThat(scene.directory().resolve("out/greet-0.1.0-linux-x86_64.tar.gz"))
                .isNotEmptyFile();
        scene.assertNothingIsLeft();
    }

    @Test
    void oneRunCompilesOnThreeServicesAndHere() throws Exception {
        run.ci = "auto";
        run.environment = System.getenv();
        run.accounts = Set.of(TravisProvider.SERVICE, ActionsProvider.SERVICE, AppVeyorProvider.SERVICE);
        run.platforms = List.of("linux-x86_64", "osx-x86_64", "osx-aarch_64", "osx-x86_32");
        run.own = Map.of(
                "linux-x86_64", on("local"),
                "osx-x86_64", on("github-actions"),
                "osx-aarch_64", on("appveyor"));
        assertThat(scene.run())
                .extracting(platform -> platform.platform().id())
                .containsExactlyElementsOf(run.platforms);
        assertThat(cloud.builds().builds().get(0).jobs())
                .extracting(job -> job.name())
                .containsExactly("osx-x86_32");
        scene.assertNothingIsLeft();
    }

    private static PlatformOverride on(String service) throws Exception {
        return PlatformOverride.NOTHING.withCi(service);
    }
}

package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way from a POM and from properties to a request, through Maven's own configurator. */
@MojoTest
class ParametersTest {

    private static final String POMS = "src/test/resources/io/github/traviscompile/mojo/";

    @Inject
    private MavenProject project;

    @Inject
    private MavenSession session;

    /** What Maven's own parent POM would have set. */
    @BeforeEach
    void nameTheBuild() {
        project.getBuild().setFinalName("named-1");
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "nothing-set.xml")
    void whatIsNotSetHasItsDefault(CrossCompileMojo mojo) throws Exception {
        CrossCompileRequest request = mojo.request();
        assertThat(request.where())
                .isEqualTo(new CrossCompileRequest.Targets(List.of(), Optional.empty(), Optional.empty()));
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.BuildOptions(
                        List.of(),
                        List.of(),
                        false,
                        "release",
                        true,
                        Optional.empty(),
                        Map.of(),
                        new CrossCompileRequest.Python(List.of(), List.of()),
                        Optional.empty(),
                        new CrossCompileRequest.Systems(
                                true,
                                Optional.empty(),
                                Map.of(
                                        PackageManager.APT,
                                        List.of(),
                                        PackageManager.BREW,
                                        List.of(),
                                        PackageManager.CHOCO,
                                        List.of()))));
        assertThat(request.source())
                .isEqualTo(new CrossCompileRequest.SnapshotScope(
                        Optional.empty(), List.of(), List.of(), List.of(), Optional.empty()));
        assertThat(request.running())
                .isEqualTo(new CrossCompileRequest.Execution(
                        true, false, true, false, Optional.empty(), Duration.ofHours(2)));
        assertThat(request.hosting())
                .isEqualTo(new CrossCompileRequest.Hosting(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        false,
                        false,
                        Duration.ofMinutes(30),
                        Set.of(Service.GITHUB_ACTIONS),
                        request.hosting().now(),
                        new CrossCompileRequest.Services(
                                URI.create("https://api.github.com"),
                                URI.create("https://github.com"),
                                URI.create("https://api.travis-ci.com"),
                                URI.create("https://ci.appveyor.com/api"),
                                Optional.empty(),
                                Optional.empty())));
        assertThat(request.delivery().cacheDirectory()).isEmpty();
        assertThat(request.delivery().finalName()).contains("named-1");
        assertThat(request.delivery().form())
                .isEqualTo(new CrossCompileRequest.ArchiveOptions("tar.gz", Optional.empty(), false, true, true));
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "everything-set.xml")
    void whatThePomSetsReachesTheRequest(CrossCompileMojo mojo) throws Exception {
        CrossCompileRequest request = mojo.request();
        assertThat(request.cargoProject()).endsWithRaw(Path.of("crates", "rand"));
        assertThat(request.where())
                .isEqualTo(new CrossCompileRequest.Targets(
                        List.of("linux-x86_64", "classic"), Optional.of("local"), Optional.of("alice/builds")));
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.BuildOptions(
                        List.of("rand"),
                        List.of("std", "rand/simd"),
                        true,
                        "dist",
                        false,
                        Optional.of("1.85.0"),
                        Map.of("GREETING", "hello"),
                        new CrossCompileRequest.Python(List.of("cargo", "wheel"), List.of("3.12", "3.13")),
                        Optional.of("java"),
                        new CrossCompileRequest.Systems(
                                false,
                                Optional.of("11.0"),
                                Map.of(
                                        PackageManager.APT,
                                        List.of("libssl-dev", "zlib1g-dev"),
                                        PackageManager.BREW,
                                        List.of("openssl@3"),
                                        PackageManager.CHOCO,
                                        List.of()))));
        assertThat(request.source().root())
                .get()
                .satisfies(root -> assertThat(root).endsWithRaw(Path.of("crates")));
        assertThat(request.source().includes()).containsExactly("rand/**");
        assertThat(request.source().excludes()).containsExactly("rand/benches/**");
        assertThat(request.source().allowedSecrets()).containsExactly("rand/tests/key.pem");
        assertThat(request.delivery().outputDirectory())
                .get()
                .satisfies(out -> assertThat(out).endsWithRaw(Path.of("out")));
        assertThat(request.delivery().cacheDirectory())
                .get()
                .satisfies(cache -> assertThat(cache).endsWithRaw(Path.of("cache")));
        assertThat(request.delivery().form())
                .isEqualTo(new CrossCompileRequest.ArchiveOptions("jar", Optional.of("jna"), true, false, false));
        assertThat(request.running())
                .isEqualTo(new CrossCompileRequest.Execution(
                        false, true, false, false, Optional.of(3), Duration.ofMinutes(7)));
        assertThat(request.hosting())
                .isEqualTo(new CrossCompileRequest.Hosting(
                        Optional.of("tunnel"),
                        Optional.of("ssh://alice@relay.example.org?publicUrl=https://relay.example.org"),
                        Optional.of(8443),
                        false,
                        true,
                        true,
                        Duration.ofMinutes(9),
                        Set.of(Service.GITHUB_ACTIONS),
                        request.hosting().now(),
                        new CrossCompileRequest.Services(
                                URI.create("https://forge.example.org/api/v3"),
                                URI.create("https://forge.example.org"),
                                URI.create("https://travis.example.org/api"),
                                URI.create("https://ci.appveyor.com/api"),
                                Optional.empty(),
                                Optional.of(
                                        URI.create("https://token.actions.githubusercontent.com/octo-enterprise")))));
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "everything-set.xml")
    void tokensAreLookedForWhereThePomSays(CrossCompileMojo mojo) throws Exception {
        when(session.getSettings()).thenReturn(new Settings());
        Credentials credentials = mojo.credentials();
        assertThatThrownBy(credentials::github)
                .hasMessageStartingWith("The token file '")
                .hasMessageContaining(
                        "TOKEN', as <githubTokenFile> (-Dtravis-compile.githubTokenFile) says, is not there.");
        assertThatThrownBy(credentials::travis)
                .hasMessageContaining("<server> 'builds'")
                .hasMessageContaining("https://travis.example.org/api");
        assertThatThrownBy(credentials::ngrok).hasMessageContaining("<server> 'way-in'");
        Server relay = new Server();
        relay.setId("relay");
        relay.setPassword("open sesame");
        session.getSettings().addServer(relay);
        assertThat(credentials.ssh().password()).contains(Secret.ofPassword("open sesame"));
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    void whoeverHasAnAuthtokenOfNgroksHasATunnel(PlanMojo mojo) throws Exception {
        Settings settings = new Settings();
        Server ngrok = new Server();
        ngrok.setId("ngrok");
        settings.addServer(ngrok);
        when(session.getSettings()).thenReturn(settings);
        assertThat(mojo.request().hosting().tunnel()).isEmpty();
        ngrok.setPassword("an-authtoken");
        assertThat(mojo.request().hosting().tunnel()).contains("ngrok");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "githubApiUrl", value = "api.github.com")
    void whatIsNotAUrlIsRefused(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The parameter <githubApiUrl> (-Dtravis-compile.githubApiUrl) is 'api.github.com', which is"
                        + " not the https:// URL of a host, without user, query and fragment. Write it like"
                        + " https://api.github.com.");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "oidcIssuer", value = "http://token.actions.githubusercontent.com")
    void anIssuerThatAnybodyCouldSpeakForIsRefused(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("The parameter <oidcIssuer> (-Dtravis-compile.oidcIssuer) is 'http://");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "githubWebUrl", value = "http://forge.example.org")
    void aUrlThatWouldSendTokensInTheClearIsRefused(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .hasMessageStartingWith("The parameter <githubWebUrl> (-Dtravis-compile.githubWebUrl) is"
                        + " 'http://forge.example.org', which is not the https:// URL");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "travisApiUrl", value = "https://alice:s3cret@travis.example.org")
    void aUrlWithAPasswordIsRefusedWithoutRepeatingIt(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .hasMessageStartingWith("The parameter <travisApiUrl> (-Dtravis-compile.travisApiUrl) is"
                        + " '…@travis.example.org', which is not the https:// URL");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "receiverPort", value = "65536")
    void whatIsNotAPortIsRefused(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .hasMessage("The parameter <receiverPort> (-Dtravis-compile.receiverPort) is 65536, which is not a"
                        + " port. Set it to one from 1 to 65535.");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "queueTimeoutMinutes", value = "0")
    void aQueueTimeoutThatLeavesNoTimeIsRefused(PlanMojo mojo) {
        assertThatThrownBy(mojo::request)
                .hasMessageStartingWith("The parameter <queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes)"
                        + " is 0, which leaves nothing to work with.");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml")
    @MojoParameter(name = "platforms", value = "linux-x86_64,x86_64-apple-darwin")
    @MojoParameter(name = "timeoutMinutes", value = "5")
    void listsCanBeGivenInOneValueAsOnACommandLine(PlanMojo mojo) throws Exception {
        assertThat(mojo.request().where().platforms()).containsExactly("linux-x86_64", "x86_64-apple-darwin");
        assertThat(mojo.request().running().timeout()).isEqualTo(Duration.ofMinutes(5));
    }
}

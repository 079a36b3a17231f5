package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import io.github.traviscompile.ci.actions.ActionsProvider;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.PackageManager;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.JarLayout;
import io.github.traviscompile.run.api.ArtifactKind;
import io.github.traviscompile.run.api.CiChoice;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.ReuseMode;
import io.github.traviscompile.run.api.SmokeTestCommand;
import io.github.traviscompile.run.api.Switch;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                .isEqualTo(new CrossCompileRequest.Targets(List.of(), Optional.empty(), Optional.empty(), Map.of()));
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.BuildOptions(
                        List.of(),
                        List.of(),
                        Set.of(Switch.LOCKED),
                        "release",
                        Optional.empty(),
                        Map.of(),
                        new CrossCompileRequest.Python(Set.of(), List.of()),
                        Optional.empty(),
                        new CrossCompileRequest.Systems(
                                Set.of(Switch.WINDOWS_STATIC_CRT),
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
                        ReuseMode.ON, Set.of(Switch.FAIL_FAST), Optional.empty(), Duration.ofHours(2)));
        assertThat(request.hosting())
                .isEqualTo(new CrossCompileRequest.Hosting(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(Switch.PULL_REQUEST),
                        Duration.ofMinutes(30),
                        Set.of(ActionsProvider.SERVICE),
                        request.hosting().now(),
                        new CrossCompileRequest.Services(Map.of(
                                Parameter.GITHUB_API_URL,
                                URI.create("https://api.github.com").toString(),
                                Parameter.GITHUB_WEB_URL,
                                URI.create("https://github.com").toString(),
                                Parameter.TRAVIS_API_URL,
                                URI.create("https://api.travis-ci.com").toString(),
                                Parameter.APPVEYOR_API_URL,
                                URI.create("https://ci.appveyor.com/api").toString()))));
        assertThat(request.delivery().cacheDirectory()).isAbsolute().endsWithRaw(Path.of("travis-compile"));
        assertThat(request.delivery().finalName()).contains("named-1");
        assertThat(request.delivery().form())
                .isEqualTo(new CrossCompileRequest.ArchiveOptions(
                        Format.TAR_GZ, Optional.empty(), Set.of(Switch.PROVENANCE, Switch.SBOM)));
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "everything-set.xml")
    void whatThePomSetsReachesTheRequest(CrossCompileMojo mojo) throws Exception {
        CrossCompileRequest request = mojo.request();
        assertThat(request.projectDirectory()).endsWithRaw(Path.of("crates", "rand"));
        assertThat(request.where().platforms())
                .containsExactly(
                        Platform.LINUX_X86_64, Platform.LINUX_X86_32, Platform.OSX_X86_64, Platform.OSX_X86_32);
        assertThat(request.where().ci()).contains(new CiChoice.Here());
        assertThat(request.where().repository()).contains(new RepositoryName("alice", "builds"));
        assertThat(request.where().own()).isEmpty();
        assertThat(request.what())
                .isEqualTo(new CrossCompileRequest.BuildOptions(
                        List.of("rand"),
                        List.of("std", "rand/simd"),
                        Set.of(Switch.NO_DEFAULT_FEATURES),
                        "dist",
                        Optional.of("1.85.0"),
                        Map.of("GREETING", "hello"),
                        new CrossCompileRequest.Python(
                                Set.of(ArtifactKind.CARGO, ArtifactKind.WHEEL), List.of("3.12", "3.13")),
                        Optional.of(SmokeTestCommand.JAVA),
                        new CrossCompileRequest.Systems(
                                Set.of(),
                                Map.of(
                                        PackageManager.APT,
                                        List.of("libssl-dev", "zlib1g-dev"),
                                        PackageManager.BREW,
                                        List.of("openssl@3"),
                                        PackageManager.CHOCO,
                                        List.of()))));
        assertThat(request.promises().macos()).get().hasToString("11.0");
        assertThat(request.source().root())
                .get()
                .satisfies(root -> assertThat(root).endsWithRaw(Path.of("crates")));
        assertThat(request.source().includes()).containsExactly("rand/**");
        assertThat(request.source().excludes()).containsExactly("rand/benches/**");
        assertThat(request.source().allowedSecrets()).containsExactly("rand/tests/key.pem");
        assertThat(request.delivery().outputDirectory())
                .get()
                .satisfies(out -> assertThat(out).endsWithRaw(Path.of("out")));
        assertThat(request.delivery().cacheDirectory()).endsWithRaw(Path.of("cache"));
        assertThat(request.delivery().form())
                .isEqualTo(new CrossCompileRequest.ArchiveOptions(
                        Format.JAR, Optional.of(JarLayout.JNA), Set.of(Switch.JAR_WITH_ALL_PLATFORMS)));
        assertThat(request.running())
                .isEqualTo(new CrossCompileRequest.Execution(
                        ReuseMode.OFF, Set.of(), Optional.of(3), Duration.ofMinutes(7)));
        assertThat(request.hosting())
                .isEqualTo(new CrossCompileRequest.Hosting(
                        Optional.of(TransportKind.TUNNEL),
                        Optional.of(new TunnelAddress.Ssh(
                                "alice", "relay.example.org", 22, 0, "https://relay.example.org")),
                        Optional.of(8443),
                        Set.of(Switch.ACCEPT_PUBLIC, Switch.KEEP_ON_FAILURE),
                        Duration.ofMinutes(9),
                        Set.of(ActionsProvider.SERVICE),
                        request.hosting().now(),
                        new CrossCompileRequest.Services(Map.of(
                                Parameter.GITHUB_API_URL,
                                URI.create("https://forge.example.org/api/v3").toString(),
                                Parameter.GITHUB_WEB_URL,
                                URI.create("https://forge.example.org").toString(),
                                Parameter.TRAVIS_API_URL,
                                URI.create("https://travis.example.org/api").toString(),
                                Parameter.APPVEYOR_API_URL,
                                URI.create("https://ci.appveyor.com/api").toString(),
                                Parameter.OIDC_ISSUER,
                                URI.create("https://token.actions.githubusercontent.com/octo-enterprise")
                                        .toString()))));
    }

    @Test
    @InjectMojo(goal = "cross-compile", pom = POMS + "everything-set.xml")
    void tokensAreLookedForWhereThePomSays(CrossCompileMojo mojo) throws Exception {
        when(session.getSettings()).thenReturn(new Settings());
        Credentials credentials = mojo.credentials(mojo.request());
        assertThatThrownBy(credentials::github)
                .hasMessageStartingWith("The token file '")
                .hasMessageContaining(
                        "TOKEN', as <githubTokenFile> (-Dtravis-compile.githubTokenFile) says, is not there.");
        assertThatThrownBy(() -> credentials.ofService(
                        TravisProvider.SERVICE,
                        io.github.traviscompile.model.Parameter.TRAVIS_SERVER_ID,
                        "TRAVIS_TOKEN",
                        "Copy it"))
                .hasMessageContaining("<server> 'builds'")
                .hasMessageContaining("Copy it");
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
        assertThat(mojo.request().hosting().tunnel()).contains(new TunnelAddress.Ngrok());
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
        assertThat(mojo.request().where().platforms()).containsExactly(Platform.LINUX_X86_64, Platform.OSX_X86_64);
        assertThat(mojo.request().running().timeout()).isEqualTo(Duration.ofMinutes(5));
    }

    /** The three goals that look at a Cargo project make their request alike, so that each refuses what the others do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "repository | nonsense | 'nonsense' does not name a repository on GitHub. Write its owner, a slash and its"
                        + " name, such as alice/builds, into <repository> (-Dtravis-compile.repository).",
                "repository | a/b/c | 'a/b/c' does not name a repository on GitHub. Write its owner, a slash and its name,"
                        + " such as alice/builds, into <repository> (-Dtravis-compile.repository).",
                "tunnel | nonsense | The tunnel 'nonsense' is of no known kind. <tunnel> (-Dtravis-compile.tunnel) is"
                        + " 'ngrok', 'ssh://user@host[:port]?publicUrl=https://…', or an https:// address that already"
                        + " leads to this machine's <receiverPort> (-Dtravis-compile.receiverPort).",
                "delivery | artefacts | There is no delivery 'artefacts', as <delivery> (-Dtravis-compile.delivery) says."
                        + " Did you mean 'artifacts'? Known are: artifacts, tunnel.",
                "ci | locale | There is no service 'locale', as <ci> (-Dtravis-compile.ci) says. Did you mean 'local'?"
                        + " Known are: appveyor, auto, github-actions, local, travis.",
                "format | tgz | The value 'tgz' of <format> (-Dtravis-compile.format) is not a format."
                        + " Known are: jar, raw, tar.gz, zip.",
                "jarLayout | natives/{arc} | The value 'natives/{arc}' of <jarLayout> (-Dtravis-compile.jarLayout) has the"
                        + " unknown placeholder '{arc}'. Did you mean 'arch'? Known are: arch, jna, os, platform. Set"
                        + " 'default', 'jna' or a folder such as 'META-INF/native/{os}-{arch}/'.",
                "glibc | 2,17 | The parameter <glibc> (-Dtravis-compile.glibc) is '2,17', which is not a version of glibc."
                        + " Write it like 2.17.",
                "macosDeploymentTarget | Catalina | The parameter <macosDeploymentTarget>"
                        + " (-Dtravis-compile.macosDeploymentTarget) is 'Catalina', which is not a version of macOS. Write"
                        + " it like 11.0.",
                "smokeTest | ` ` | Not a smoke test of one line: ' '. Set <smokeTest> (-Dtravis-compile.smokeTest) to"
                        + " 'java', to 'python' or to a command for bash, or leave it out.",
                "artifacts | wheels | There are no artifacts 'wheels', as <artifacts> (-Dtravis-compile.artifacts) says."
                        + " Did you mean 'wheel'? Known are: cargo, wheel.",
                "platforms | linux-x86-64 | The platform 'linux-x86-64' in <platforms> (-Dtravis-compile.platforms) is"
                        + " neither a platform, nor the Rust target of one, nor a preset. Did you mean 'linux-x86_64'?"
                        + " Known are: classic, linux-aarch_64, linux-aarch_64-musl, linux-x86_32, linux-x86_64,"
                        + " linux-x86_64-musl, modern, osx-aarch_64, osx-universal2, osx-x86_32, osx-x86_64,"
                        + " windows-aarch_64, windows-x86_32, windows-x86_32-gnu, windows-x86_64, windows-x86_64-gnu.",
            })
    void eachGoalRefusesWrongWordsAlike(
            String parameter,
            String word,
            String refusal,
            @InjectMojo(goal = "plan", pom = POMS + "nothing-set.xml") PlanMojo plan,
            @InjectMojo(goal = "check", pom = POMS + "nothing-set.xml") CheckMojo check,
            @InjectMojo(goal = "cross-compile", pom = POMS + "nothing-set.xml") CrossCompileMojo crossCompile)
            throws Exception {
        for (CargoProjectMojo mojo : List.of(plan, check, crossCompile)) {
            MojoExtension.setVariableValueToObject(mojo, parameter, value(parameter, word));
            assertThatThrownBy(mojo::execute)
                    .as(mojo.getClass().getSimpleName())
                    .isInstanceOf(MojoFailureException.class)
                    .hasMessage(refusal);
        }
    }

    private static Object value(String parameter, String word) {
        if (parameter.equals("platforms")) {
            PlatformParameter platform = new PlatformParameter();
            platform.set(word);
            return List.of(platform);
        }
        return parameter.equals("artifacts") ? List.of(word) : word;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a/b/c"})
    void cleanUpRefusesWhatTheOthersDo(
            String word, @InjectMojo(goal = "clean-up", pom = POMS + "nothing-set.xml") CleanUpMojo cleanUp)
            throws Exception {
        MojoExtension.setVariableValueToObject(cleanUp, "repository", word);
        assertThatThrownBy(cleanUp::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "'" + word + "' does not name a repository on GitHub. Write its owner, a slash and its name,"
                                + " such as alice/builds, into <repository> (-Dtravis-compile.repository).");
    }
}

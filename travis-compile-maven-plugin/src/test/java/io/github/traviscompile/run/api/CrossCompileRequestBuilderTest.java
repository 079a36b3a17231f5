package io.github.traviscompile.run.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.packaging.Format;
import io.github.traviscompile.packaging.JarLayout;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossCompileRequestBuilderTest {

    @TempDir
    private Path directory;

    private HostingBuilder hosting() {
        return new HostingBuilder(new Host("Linux", "amd64", directory, Map.of()), Instant.EPOCH);
    }

    private CrossCompileRequestBuilder builder(HostingBuilder hosting) {
        return new CrossCompileRequestBuilder(directory, "1.0", hosting);
    }

    @Test
    void whatIsNotSetHasItsDefault() throws Exception {
        CrossCompileRequest request = builder(hosting()).build();
        assertThat(request.where().platforms()).isEmpty();
        assertThat(request.where().ci()).isEmpty();
        assertThat(request.where().repository()).isEmpty();
        assertThat(request.what().profile()).isEqualTo("release");
        assertThat(request.what().locked()).isTrue();
        assertThat(request.what().noDefaultFeatures()).isFalse();
        assertThat(request.what().systems().windowsStaticCrt()).isTrue();
        assertThat(request.delivery().form())
                .extracting(
                        form -> form.format(),
                        form -> form.provenance(),
                        form -> form.sbom(),
                        form -> form.jarWithAllPlatforms())
                .containsExactly(Format.TAR_GZ, true, true, false);
        assertThat(request.delivery().cacheDirectory()).isEqualTo(directory.resolve(".cache/travis-compile"));
        assertThat(request.running().reuse()).isEqualTo(ReuseMode.ON);
        assertThat(request.running().failFast()).isTrue();
        assertThat(request.running().timeout()).isEqualTo(Duration.ofHours(2));
        assertThat(request.hosting().tunnel()).isEmpty();
        assertThat(request.hosting().pullRequest()).isTrue();
        assertThat(request.hosting().acceptPublic()).isFalse();
        assertThat(request.hosting().queueTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(request.promises()).isEqualTo(Constraints.NONE);
    }

    @Test
    void wordsBecomeValues() throws Exception {
        HostingBuilder hosting = hosting()
                .repository(" https://github.com/alice/builds ")
                .tunnel("https://builds.example.org")
                .delivery("artifacts")
                .receiverPort(8443);
        CrossCompileRequest request = builder(hosting)
                .platforms("classic", "x86_64-unknown-linux-gnu")
                .platform("osx-universal2", PlatformOverride.NOTHING.withCi("local"))
                .ci("travis")
                .artifacts(List.of("wheel"))
                .smokeTest("python")
                .format("jar")
                .jarLayout("jna")
                .glibc("2.17")
                .macosDeploymentTarget("11.0")
                .forceBuild(true)
                .build();
        assertThat(request.where().repository()).contains(new RepositoryName("alice", "builds"));
        assertThat(request.where().platforms())
                .containsExactly(
                        Platform.LINUX_X86_64,
                        Platform.LINUX_X86_32,
                        Platform.OSX_X86_64,
                        Platform.OSX_X86_32,
                        Platform.OSX_UNIVERSAL2);
        assertThat(request.where().own().keySet())
                .containsExactlyInAnyOrder(Platform.OSX_X86_64, Platform.OSX_AARCH_64);
        assertThat(request.where().own().values())
                .extracting(PlatformOverride::ci)
                .containsOnly(Optional.of(new CiChoice.Here()));
        assertThat(request.where().ci()).contains(new CiChoice.Hosted(TravisProvider.SERVICE));
        assertThat(request.what().python().artifacts()).containsExactly(ArtifactKind.WHEEL);
        assertThat(request.what().smokeTest()).contains(SmokeTestCommand.PYTHON);
        assertThat(request.delivery().form().jarLayout()).contains(JarLayout.JNA);
        assertThat(request.hosting().delivery()).contains(TransportKind.ARTIFACTS);
        assertThat(request.hosting().tunnel()).get().isInstanceOf(TunnelAddress.Fixed.class);
        assertThat(request.promises().glibc()).get().hasToString("2.17");
        assertThat(request.promises().macos()).get().hasToString("11.0");
        assertThat(request.running().reuse()).isEqualTo(ReuseMode.REFRESH);
    }

    @Test
    void theManifestStandsForItsDirectory() throws Exception {
        Path manifest = Files.writeString(directory.resolve("Cargo.toml"), "");
        assertThat(new CrossCompileRequestBuilder(manifest, "1.0", hosting()).projectDirectory())
                .isEqualTo(directory);
        assertThat(new CrossCompileRequestBuilder(Path.of("crate"), "1.0", hosting()).projectDirectory())
                .isAbsolute();
    }

    @Test
    void theLaterOfTwoWordsForOnePlatformHolds() throws Exception {
        CrossCompileRequest request = builder(hosting())
                .platform("classic", PlatformOverride.NOTHING.withToolchain("1.70.0"))
                .platform("linux-x86_64", PlatformOverride.NOTHING.withToolchain("1.85.0"))
                .build();
        assertThat(request.where().own())
                .containsEntry(Platform.LINUX_X86_64, PlatformOverride.NOTHING.withToolchain("1.85.0"));
        assertThat(request.where().own())
                .containsEntry(Platform.LINUX_X86_32, PlatformOverride.NOTHING.withToolchain("1.70.0"));
    }

    @ParameterizedTest
    @CsvSource({"true, true, REFRESH", "true, false, ON", "false, true, OFF", "false, false, OFF"})
    void reuseIsOneOfThree(boolean reuse, boolean forceBuild, ReuseMode mode) throws Exception {
        assertThat(builder(hosting())
                        .reuse(reuse)
                        .forceBuild(forceBuild)
                        .build()
                        .running()
                        .reuse())
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"2026-11-22T01:00:00+01:00 | 2026-11-22T00:00:00Z", "1000 | 1970-01-01T00:16:40Z", "1 | -", "x | -"
            })
    void mavensTimestampIsReadAsMavenDoes(String text, Instant time) throws Exception {
        assertThat(builder(hosting()).outputTimestamp(text).build().delivery().timestamp())
                .isEqualTo(Optional.ofNullable(time));
    }

    @Test
    void otherTimestampsAreRefused() {
        assertThatThrownBy(() -> builder(hosting()).outputTimestamp("yesterday").build())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The property project.build.outputTimestamp is 'yesterday'");
    }

    @Test
    void anElementWithoutANameIsRefused() {
        assertThatThrownBy(() -> builder(hosting())
                        .platform(null, PlatformOverride.NOTHING)
                        .build())
                .isInstanceOf(ActionNeededException.class)
                .hasMessage(
                        "A platform in <platforms> (-Dtravis-compile.platforms) has no <name>. Write its word there,"
                                + " such as linux-x86_64.");
        assertThatThrownBy(() -> PlatformOverride.NOTHING.withCi("appvayor"))
                .hasMessageContaining("There is no service 'appvayor'")
                .hasMessageContaining("Did you mean 'appveyor'?");
    }

    @Test
    void thereIsNothingToCleanUpWithoutARepository() throws Exception {
        assertThatThrownBy(() -> hosting().cleanUp())
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith(
                        "There is nowhere to clean up, as <repository> (-Dtravis-compile.repository) is not" + " set.");
        assertThat(hosting().repository("alice/builds").cleanUp().repository())
                .isEqualTo(new RepositoryName("alice", "builds"));
    }
}

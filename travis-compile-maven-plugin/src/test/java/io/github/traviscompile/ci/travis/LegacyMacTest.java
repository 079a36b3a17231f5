package io.github.traviscompile.ci.travis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.travis.LegacyMac.PackageNeeds;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CargoBuild;
import io.github.traviscompile.model.Platform;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the platform that only old machines build. */
class LegacyMacTest {

    private static final CargoBuild RELEASE = build("release");

    @Test
    void refusesTheHostedService() throws Exception {
        for (Platform platform : List.of(Platform.OSX_X86_32, Platform.OSX_X86_64, Platform.OSX_AARCH_64)) {
            assertThat(TravisCi.unsupportedReason(platform, TravisCi.HOSTED).orElseThrow())
                    .contains("no macOS machines since 2025-03-31")
                    .contains("<travisApiUrl> (-Dtravis-compile.travisApiUrl)");
            assertThat(TravisCi.unsupportedReason(platform, URI.create("https://travis.example.org/api")))
                    .isEmpty();
        }
        assertThat(TravisCi.unsupportedReason(Platform.LINUX_X86_64, TravisCi.HOSTED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015", "2018"})
    void takesTheEditionsOfItsTime(String edition) {
        assertThatCode(() -> LegacyMac.requireReadable(List.of(needs(edition)), RELEASE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021", "2024", "2027"})
    void refusesLaterEditions(String edition) {
        assertRefused(
                () -> LegacyMac.requireReadable(List.of(needs("2018"), needs(edition)), RELEASE),
                "the package 'greet' is of edition " + edition,
                "1.41.1 knows 2015 and 2018");
    }

    @Test
    void refusesInheritedKeys() {
        assertRefused(
                () -> LegacyMac.requireReadable(
                        List.of(new PackageNeeds("greet", "2018", List.of("version", "license"))), RELEASE),
                "inherits version, license",
                "since 1.64");
    }

    @Test
    void refusesLockFilesOfLaterFormats() {
        for (long version = 1; version <= 3; version++) {
            long taken = version;
            assertThatCode(() -> LegacyMac.requireReadable(taken)).doesNotThrowAnyException();
        }
        assertRefused(() -> LegacyMac.requireReadable(4), "Cargo.lock is of version 4");
    }

    @Test
    void refusesProfilesThatItsCargoCannotBeAskedFor() {
        assertRefused(
                () -> LegacyMac.requireReadable(List.of(needs("2018")), build("tiny")),
                "the profile 'tiny' of <profile> (-Dtravis-compile.profile)");
    }

    @Test
    void takesItsOwnToolchainOnly() {
        assertThatCode(() -> LegacyMac.requireToolchain("1.41.1")).doesNotThrowAnyException();
        assertRefused(
                () -> LegacyMac.requireToolchain("stable"), "<toolchain> (-Dtravis-compile.toolchain) is 'stable'");
    }

    private static PackageNeeds needs(String edition) {
        return new PackageNeeds("greet", edition, List.of());
    }

    private static CargoBuild build(String profile) {
        return new CargoBuild(List.of("greet"), List.of(), false, profile, true);
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("osx-x86_32")
                .hasMessageContainingAll(parts)
                .hasMessageContaining("<platforms> (-Dtravis-compile.platforms)")
                .hasMessageEndingWith(".");
    }
}

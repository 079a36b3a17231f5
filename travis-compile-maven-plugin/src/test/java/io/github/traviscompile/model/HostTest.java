package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {

    private static final Path HOME = Path.of("/home/alice");

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, i386, linux-x86_32",
        "Linux, aarch64, linux-aarch_64",
        "Mac OS X, x86_64, osx-x86_64",
        "Mac OS X, aarch64, osx-aarch_64",
        "Windows 11, amd64, windows-x86_64",
        "Windows Server 2022, x86, windows-x86_32",
        "Windows 11, aarch64, windows-aarch_64"
    })
    void namesThePlatformOfTheMachine(String osName, String osArch, String word) {
        assertThat(new Host(osName, osArch, HOME, Map.of()).platform())
                .contains(Platform.ofId(word).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "SunOS, sparcv9", "FreeBSD, amd64"})
    void aMachineOutsideTheCatalogueHasNoPlatform(String osName, String osArch) {
        assertThat(new Host(osName, osArch, HOME, Map.of()).platform()).isEmpty();
    }

    @Test
    void cachesLieWhereEachSystemKeepsThem() {
        assertThat(new Host("Linux", "amd64", HOME, Map.of()).cacheDirectory()).isEqualTo(HOME.resolve(".cache"));
        assertThat(new Host("Linux", "amd64", HOME, Map.of("XDG_CACHE_HOME", "/var/caches")).cacheDirectory())
                .isEqualTo(Path.of("/var/caches"));
        assertThat(new Host("Linux", "amd64", HOME, Map.of("XDG_CACHE_HOME", "relative")).cacheDirectory())
                .isEqualTo(HOME.resolve(".cache"));
        assertThat(new Host("Mac OS X", "aarch64", HOME, Map.of("XDG_CACHE_HOME", "/var/caches")).cacheDirectory())
                .isEqualTo(HOME.resolve("Library/Caches"));
        assertThat(new Host("Windows 11", "amd64", HOME, Map.of("LOCALAPPDATA", "/local")).cacheDirectory())
                .isEqualTo(Path.of("/local"));
        assertThat(new Host("Windows 11", "amd64", HOME, Map.of()).cacheDirectory())
                .isEqualTo(HOME.resolve("AppData/Local"));
    }
}

package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformSelectionTest {

    @ParameterizedTest
    @EnumSource
    void everyPlatformIsFoundByItsWordAndByItsTriple(Platform platform) throws Exception {
        assertThat(PlatformSelection.parse(List.of(platform.id()))).containsExactly(platform);
        assertThat(PlatformSelection.parse(List.of(platform.target().triple()))).containsExactly(platform);
    }

    @Test
    void wordsAndTriplesAreUnique() {
        assertThat(Arrays.stream(Platform.values()).map(Platform::id)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Platform.values()).map(Platform::target)).doesNotHaveDuplicates();
    }

    @Test
    void presetsAndWordsMixAndEachPlatformComesOnce() throws Exception {
        assertThat(PlatformSelection.parse(List.of("windows-x86_64-gnu", "classic", "linux-x86_64")))
                .containsExactly(
                        Platform.WINDOWS_X86_64_GNU,
                        Platform.LINUX_X86_64,
                        Platform.LINUX_X86_32,
                        Platform.OSX_X86_64,
                        Platform.OSX_X86_32);
        assertThat(PlatformSelection.parse(List.of("modern"))).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        "linux-x86-64, linux-x86_64",
        "linux-aarch64, linux-aarch_64",
        "windows-x68_64, windows-x86_64",
        "x86_64-unknown-linux-gnux32, x86_64-unknown-linux-gnu",
        "clasic, classic"
    })
    void anUnknownWordIsAnsweredWithTheNearestAndAll(String word, String nearest) {
        assertThatThrownBy(() -> PlatformSelection.parse(List.of(word)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'" + word + "'")
                .hasMessageContaining("<platforms> (-Dtravis-compile.platforms)")
                .hasMessageContaining("Did you mean '" + nearest + "'? Known are: ");
    }

    @Test
    void aWordThatIsNearNothingGetsNoSuggestion() {
        assertThatThrownBy(() -> PlatformSelection.parse(List.of("commodore-64")))
                .hasMessageContaining("Known are: classic, linux-aarch_64, ")
                .hasMessageNotContaining("Did you mean");
    }

    @Test
    void universal2IsAPlatformOfTwoParts() throws Exception {
        assertThat(PlatformSelection.parse(List.of("osx-universal2", "universal2-apple-darwin")))
                .containsExactly(Platform.OSX_UNIVERSAL2);
        assertThat(Platform.OSX_UNIVERSAL2.compiled()).containsExactly(Platform.OSX_X86_64, Platform.OSX_AARCH_64);
        assertThat(Platform.OSX_X86_64.compiled()).containsExactly(Platform.OSX_X86_64);
    }
}

package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final CargoBuild BUILD = new CargoBuild(List.of("greet"), List.of(), false, "release", true);

    @ParameterizedTest
    @CsvSource({
        "LINUX_X86_64, CDYLIB, libgreet.so",
        "LINUX_X86_64_MUSL, DYLIB, libgreet.so",
        "LINUX_AARCH_64, STATICLIB, libgreet.a",
        "LINUX_X86_32, BIN, greet",
        "OSX_AARCH_64, CDYLIB, libgreet.dylib",
        "OSX_X86_64, BIN, greet",
        "WINDOWS_X86_64, CDYLIB, greet.dll",
        "WINDOWS_AARCH_64, STATICLIB, greet.lib",
        "WINDOWS_X86_64_GNU, CDYLIB, greet.dll",
        "WINDOWS_X86_64_GNU, STATICLIB, libgreet.a",
        "WINDOWS_X86_32_GNU, BIN, greet.exe"
    })
    void filesAreNamedAsRustcNamesThem(Platform platform, OutputKind kind, String fileName) {
        assertThat(platform.naming().fileName(kind, "greet")).isEqualTo(fileName);
    }

    @ParameterizedTest
    @CsvSource({"dev, debug", "test, debug", "release, release", "bench, release", "dist, dist"})
    void profilesHaveTheFolderThatCargoGivesThem(String profile, String folder) {
        assertThat(new CargoBuild(List.of("a"), List.of(), false, profile, true).profileDirectory())
                .isEqualTo(folder);
    }

    @Test
    void cargoIsCalledWithWhatABuildSays() {
        RustTarget target = Platform.LINUX_X86_64.target();
        assertThat(BUILD.arguments(target))
                .containsExactly("build", "--target", target.triple(), "--release", "--locked", "--package", "greet");
        assertThat(new CargoBuild(List.of("a", "b"), List.of("x", "a/y"), true, "dist", false).arguments(target))
                .containsExactly(
                        "build",
                        "--target",
                        target.triple(),
                        "--profile",
                        "dist",
                        "--no-default-features",
                        "--features",
                        "x",
                        "--features",
                        "a/y",
                        "--package",
                        "a",
                        "--package",
                        "b");
    }

    @Test
    void cargoZigbuildIsToldTheGlibcBehindTheTarget() {
        RustTarget target = Platform.LINUX_X86_64.target();
        assertThat(BUILD.arguments(target, Optional.of(GlibcFloor.OLDEST)))
                .startsWith("zigbuild", "--target", "x86_64-unknown-linux-gnu.2.17", "--release");
        assertThatIllegalArgumentException().isThrownBy(() -> new GlibcFloor(2, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> new GlibcFloor(1, 99));
        assertThat(GlibcFloor.matters(Platform.LINUX_AARCH_64.target())).isTrue();
        assertThat(GlibcFloor.matters(Platform.LINUX_X86_64_MUSL.target())).isFalse();
        assertThat(GlibcFloor.matters(Platform.WINDOWS_X86_64_GNU.target())).isFalse();
    }

    @Test
    void anOutputsIdIsItsFileNameWhereTheWireAllowsIt() {
        assertThat(Output.of(OutputKind.CDYLIB, "libgreet.so").id()).isEqualTo("libgreet.so");
        assertThat(Output.of(OutputKind.BIN, "Greet.exe").id()).matches("o\\.[0-9a-f]{12}");
        assertThat(Output.of(OutputKind.BIN, "größe").id()).matches("o\\.[0-9a-f]{12}");
        assertThat(Output.of(OutputKind.BIN, "Greet").id())
                .isNotEqualTo(Output.of(OutputKind.BIN, "gREET").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "a\\b", "a b", "a\nb", "a:b"})
    void anOutputsFileNameIsOnePlainName(String fileName) {
        assertThatIllegalArgumentException().isThrownBy(() -> Output.of(OutputKind.BIN, fileName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--release", "a b", "a\nb", "a;b", "$(a)", "a/b"})
    void namesThatCouldBeAnythingElseAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CargoBuild(List.of(name), List.of(), false, "release", true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CargoBuild(List.of("a"), List.of(), false, name, true));
    }

    @Test
    void aLegOwesEachFileOnce() {
        Output output = Output.of(OutputKind.BIN, "greet");
        assertThatIllegalArgumentException().isThrownBy(() -> leg(Map.of(), output, output));
        assertThatIllegalArgumentException().isThrownBy(() -> leg(Map.of()));
    }

    @Test
    void aLegsEnvironmentIsSortedAndHeldToPlainValues() {
        Output output = Output.of(OutputKind.BIN, "greet");
        assertThat(leg(Map.of("B", "2", "A", "1"), output).environment().keySet())
                .containsExactly("A", "B");
        for (Map<String, String> bad : List.of(
                Map.of("TCMP_KEY", "x"), Map.of("A-B", "x"), Map.of("A", "x\ny"), Map.of("A", "${{ secrets.X }}"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> leg(bad, output));
        }
    }

    @Test
    void aKeyNeverShowsItself() {
        LegKey key = LegKey.random(new SecureRandom());
        assertThat(key.toString()).doesNotContain(key.revealHex());
        assertThat(LegKey.ofHex(key.revealHex())).isEqualTo(key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LegKey.ofHex("c0ffee"))
                .withMessageNotContaining("c0ffee");
    }

    @Test
    void digestsOfFilesAndBytesAgree(@TempDir Path directory) throws Exception {
        byte[] content = "hello\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("file"), content);
        assertThat(Sha256.of(file)).isEqualTo(Sha256.of(content));
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static Leg leg(Map<String, String> environment, Output... outputs) {
        return LegSample.of(Platform.LINUX_X86_64, Service.LOCAL)
                .with(environment)
                .owing(outputs)
                .leg();
    }
}

package io.github.traviscompile.verify.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.gate.OldestSystem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelNameTest {

    @Test
    void aNameIsParsed() {
        WheelName name = WheelName.parse(
                        "my_project-1.0.post1-2b-cp38.cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl")
                .orElseThrow();
        assertThat(name.distribution()).isEqualTo("my_project");
        assertThat(name.version()).isEqualTo("1.0.post1");
        assertThat(name.build()).contains("2b");
        assertThat(name.tags())
                .containsExactly(
                        "cp38-abi3-manylinux2014_x86_64",
                        "cp38-abi3-manylinux_2_17_x86_64",
                        "cp39-abi3-manylinux2014_x86_64",
                        "cp39-abi3-manylinux_2_17_x86_64");
        assertThat(name)
                .hasToString("my_project-1.0.post1-2b-cp38.cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "counted-1.0-cp38-abi3.whl",
                "counted-1.0-cp38-abi3-win32.zip",
                "my-project-1.0-b-cp38-abi3-win32.whl",
                "counted-1.0-cp38-abi3-win 32.whl",
                "../counted-1.0-cp38-abi3-win32.whl",
                "counted-1.0-cp38-abi3-.whl",
                "-1.0-cp38-abi3-win32.whl"
            })
    void namesOutsideTheGrammarAreRefused(String name) {
        assertThat(WheelName.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "1.0.0, 1",
        "1.2.0, 1.2",
        "1.10.0, 1.10",
        "01.02, 1.2",
        "1.0.0-alpha.1, 1a1",
        "1.0.0-beta, 1b0",
        "2.1.0-rc.2, 2.1rc2",
        "1.0-1, 1.post1",
        "1.0.post2.dev3, 1.post2.dev3",
        "1!2.0+ubuntu-1, 1!2+ubuntu.1",
        "v1.0.dev0, 1.dev0"
    })
    void versionsAreComparedInTheirNormalForm(String text, String normal) {
        assertThat(ProjectVersion.parse(text)).contains(new ProjectVersion(normal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "first", "1.0.x", "1..0", "1.0+", "1.0-alpha-beta"})
    void otherTextIsNoVersion(String text) {
        assertThat(ProjectVersion.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"My_Project, my-project, true", "my.project, MY--PROJECT, true", "myproject, my-project, false"})
    void namesAreComparedInTheirNormalForm(String left, String right, boolean same) {
        assertThat(new ProjectName(left).isSame(new ProjectName(right))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "manylinux1_i686, LINUX_X86_32",
        "manylinux_2_28_aarch64, LINUX_AARCH_64",
        "musllinux_1_2_x86_64, LINUX_X86_64_MUSL",
        "macosx_10_12_x86_64, OSX_X86_64",
        "macosx_11_0_universal2, OSX_AARCH_64",
        "win_amd64, WINDOWS_X86_64",
        "win32, WINDOWS_X86_32",
        "win_arm64, WINDOWS_AARCH_64"
    })
    void tagsFitTheirPlatforms(String text, Platform platform) {
        PlatformTag tag = PlatformTag.parse(text).orElseThrow();
        assertThat(tag.fits(platform)).isTrue();
        assertThat(tag.fits(platform == Platform.LINUX_X86_64 ? Platform.WINDOWS_X86_64 : Platform.LINUX_X86_64))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manylinux",
                "manylinux3_x86_64",
                "manylinux_2_x86_64",
                "linux",
                "win64",
                "macosx_11_0_mips",
                "linux_vax"
            })
    void unknownTagsAreRefused(String text) {
        assertThat(PlatformTag.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "manylinux_2_34_x86_64,glibc 2.34",
        "manylinux_2_15_x86_64.manylinux2014_x86_64,glibc 2.15",
        "manylinux2014_aarch64,glibc 2.17",
        "musllinux_1_2_x86_64,musl 1.2",
        "macosx_11_0_arm64,macOS 11.0",
        "macosx_11_0_arm64.macosx_10_12_universal2,macOS 10.12",
        "win_amd64,",
        "linux_x86_64,",
        "any,"
    })
    void tagsNameTheOldestSystem(String platforms, String oldest) {
        assertThat(WheelName.parse("counted-1-cp37-abi3-" + platforms + ".whl")
                        .flatMap(WheelName::oldestSystem)
                        .map(OldestSystem::toString))
                .isEqualTo(Optional.ofNullable(oldest));
    }
}

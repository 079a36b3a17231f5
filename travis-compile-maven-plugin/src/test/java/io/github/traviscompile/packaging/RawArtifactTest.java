package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawArtifactTest {

    @ParameterizedTest
    @CsvSource({
        "linux-x86_64, CDYLIB, libgreet.so, linux-x86_64-greet, so",
        "linux-x86_64, DYLIB, libgreet.so, linux-x86_64-greet, so",
        "linux-x86_64, STATICLIB, libgreet.a, linux-x86_64-greet, a",
        "linux-x86_64, BIN, greet, linux-x86_64-greet, exe",
        "linux-aarch_64-musl, BIN, libgreet, linux-aarch_64-musl-libgreet, exe",
        "linux-x86_64, CDYLIB, liblibgreet.so, linux-x86_64-libgreet, so",
        "linux-x86_64, BIN, greet.so, linux-x86_64-greet.so, exe",
        "osx-aarch_64, CDYLIB, libgreet.dylib, osx-aarch_64-greet, dylib",
        "osx-aarch_64, BIN, größe-2, osx-aarch_64-größe-2, exe",
        "windows-x86_64, CDYLIB, greet.dll, windows-x86_64-greet, dll",
        "windows-x86_64, STATICLIB, greet.lib, windows-x86_64-greet, lib",
        "windows-x86_64, BIN, greet.exe, windows-x86_64-greet, exe",
        "windows-x86_32-gnu, STATICLIB, libgreet.a, windows-x86_32-gnu-greet, a"
    })
    void hasCargosNameOfTheOutput(String platform, OutputKind kind, String fileName, String classifier, String type) {
        RawArtifact artifact = new RawArtifact(Platform.ofId(platform).orElseThrow(), Output.of(kind, fileName));
        assertThat(artifact.classifier()).isEqualTo(classifier);
        assertThat(artifact.type()).isEqualTo(type);
    }

    @Test
    void everyKindOnEveryPlatformIsDistinct() throws Exception {
        List<RawArtifact> all = new ArrayList<>();
        for (Platform platform : Platform.values()) {
            for (OutputKind kind : List.of(OutputKind.CDYLIB, OutputKind.STATICLIB, OutputKind.BIN)) {
                String fileName = platform.naming().fileName(kind, "greet");
                all.add(new RawArtifact(platform, Output.of(kind, fileName)));
            }
        }
        Set<String> files = new HashSet<>();
        all.forEach(artifact -> files.add(artifact.classifier() + "." + artifact.type()));

        assertThat(files).hasSameSizeAs(all);
        assertThatCode(() -> RawArtifact.requireDistinct(all)).doesNotThrowAnyException();
    }

    @Test
    void twoThatDifferInCaseOnlyAreRefused() {
        assertThatThrownBy(() -> RawArtifact.requireDistinct(
                        List.of(artifact(Platform.LINUX_X86_64, "Greet"), artifact(Platform.LINUX_X86_64, "greet"))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The files 'Greet' of linux-x86_64 and 'greet' of linux-x86_64 cannot both be attached by"
                        + " themselves: both are of classifier 'linux-x86_64-greet' and type 'exe', apart from upper"
                        + " and lower case. Give one of them another name in Cargo.toml, choose what is built with"
                        + " <packages> (-Dtravis-compile.packages), or set <format> (-Dtravis-compile.format) to"
                        + " 'zip'.");
    }

    @Test
    void twoWhosePlatformAndNameRunTogetherAreRefused() {
        assertThatThrownBy(() -> RawArtifact.requireDistinct(List.of(
                        artifact(Platform.WINDOWS_X86_64, "gnu-greet.exe"),
                        artifact(Platform.WINDOWS_X86_64_GNU, "greet.exe"))))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("'gnu-greet.exe' of windows-x86_64 ", "'greet.exe' of windows-x86_64-gnu");
    }

    @ParameterizedTest
    @CsvSource({"LINUX_X86_64, CDYLIB, greet.dll", "LINUX_X86_64, CDYLIB, lib.so", "WINDOWS_X86_64, BIN, greet"})
    void aFileNameOfAnotherPlatformIsRefused(Platform platform, OutputKind kind, String fileName) {
        Output output = Output.of(kind, fileName);
        assertThatThrownBy(() -> new RawArtifact(platform, output))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + fileName + "'");
    }

    private static RawArtifact artifact(Platform platform, String fileName) {
        return new RawArtifact(platform, Output.of(OutputKind.BIN, fileName));
    }
}

package io.github.traviscompile.verify.gate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Fact;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.verify.binary.Corpus;
import io.github.traviscompile.verify.binary.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the corpus, checked without a plan. */
class FileCheckTest {

    private static List<Sample> samples = List.of();

    @TempDir
    Path temp;

    @BeforeAll
    static void load() {
        samples = Corpus.all();
    }

    @ParameterizedTest
    @CsvSource({
        "jna-5.17.0.jar!/com/sun/jna/linux-x86-64/libjnidispatch.so, LINUX_X86_64",
        "jna-5.17.0.jar!/com/sun/jna/linux-x86/libjnidispatch.so, LINUX_X86_32",
        "Linux-Musl/aarch64/libsqlitejdbc.so, LINUX_AARCH_64_MUSL",
        "jna/darwin-aarch64/libjnidispatch.jnilib, OSX_AARCH_64",
        "jansi/internal/native/Mac/x86/libjansi.jnilib, OSX_X86_32",
        "win/amd64/libzstd-jni-1.5.6-9.dll, WINDOWS_X86_64_GNU",
        "jna-5.17.0.jar!/com/sun/jna/win32-x86-64/jnidispatch.dll, WINDOWS_X86_64",
        "osx-x86_64.exe, OSX_X86_64",
        "windows-x86_32.exe, WINDOWS_X86_32"
    })
    void areCheckedAgainstTheirOwnPlatform(String name, Platform platform) throws Exception {
        assertThat(check(named(name).in(temp), Optional.empty()))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.platform()).contains(platform);
                    assertThat(verdict.findings()).isEmpty();
                });
    }

    @Test
    void eachSliceOfAUniversalFileIsCheckedAgainstItsOwnPlatform() throws Exception {
        List<BinaryVerdict> verdicts =
                check(named("jni/Darwin/libjffi-1.2.jnilib").in(temp), Optional.empty());
        assertThat(verdicts)
                .extracting(verdict -> verdict.platform().orElseThrow())
                .contains(Platform.OSX_X86_64, Platform.OSX_AARCH_64);
        assertThat(verdicts)
                .allMatch(BinaryVerdict::passed)
                .allSatisfy(verdict -> assertThat(verdict.facts())
                        .contains(new Fact(
                                "CPU", verdict.platform().orElseThrow().id().replace("osx-", ""))));
    }

    @Test
    void aPlatformThatIsNamedCounts() throws Exception {
        Path file =
                named("jna-5.17.0.jar!/com/sun/jna/linux-x86/libjnidispatch.so").in(temp);
        assertThat(check(file, Optional.of(Platform.LINUX_X86_64)).get(0).errors())
                .containsExactly(
                        "The file '" + file + "' is an ELF shared library for x86_32 on Linux, but an ELF shared"
                                + " library for x86_64 on Linux is wanted. Name its own platform in <platform>"
                                + " (-Dtravis-compile.platform), or leave that out.");
    }

    @Test
    void filesForNoPlatformAreRefused() throws Exception {
        Path file = named("linux-s390_64.exe").in(temp);
        assertThat(check(file, Optional.empty()).get(0).errors())
                .containsExactly(
                        "The file '" + file + "' is an ELF executable for s390_64 on Linux, which is for none of"
                                + " the platforms. Leave it out of <files> (-Dtravis-compile.files).");
        Files.write(file, "!<arch>\n".getBytes(US_ASCII));
        assertThat(check(file, Optional.empty()).get(0).errors())
                .singleElement()
                .asString()
                .startsWith("The file '" + file + "' is an ar archive without object files, which");
        Files.writeString(file, "#!/bin/sh");
        assertThat(check(file, Optional.empty()).get(0))
                .satisfies(verdict -> assertThat(verdict.platform()).isEmpty())
                .satisfies(verdict -> assertThat(verdict.errors())
                        .singleElement()
                        .asString()
                        .contains("is not a valid binary: it begins with none of the known marks")
                        .endsWith(" Leave it out of <files> (-Dtravis-compile.files), or make it again."));
    }

    private static List<BinaryVerdict> check(Path file, Optional<Platform> platform) throws Exception {
        return new FileCheck(platform, Requirements.NONE).check(file);
    }

    private static Sample named(String end) {
        return samples.stream()
                .filter(sample -> sample.name().endsWith(end))
                .findFirst()
                .orElseThrow();
    }
}

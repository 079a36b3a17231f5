package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "default, linux-x86_64, META-INF/native/linux-x86_64/",
        "default, linux-x86_64-musl, META-INF/native/linux-x86_64/",
        "default, osx-aarch_64, META-INF/native/osx-aarch_64/",
        "' jna ', windows-x86_32-gnu, win32-x86/",
        "jna, osx-x86_64, darwin-x86-64/",
        "{platform}, linux-aarch_64-musl, linux-aarch_64-musl/",
        "{platform}/, linux-aarch_64-musl, linux-aarch_64-musl/",
        "com/example/{os}/{arch}/, windows-aarch_64, com/example/windows/aarch_64/",
        "com/example/{jna}, linux-x86_32, com/example/linux-x86/"
    })
    void returnsThePlatformsFolder(String text, String platform, String folder) throws Exception {
        assertThat(JarLayout.parse(text).folder(Platform.ofId(platform).orElseThrow()))
                .isEqualTo(folder);
    }

    /** JNA's own jar has its own library in the same folders, below its package. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OSX_X86_32", "OSX_UNIVERSAL2"})
    void jnaHasTheSameFolders(Platform platform) {
        String folder = "com/sun/jna/" + JarLayout.JNA.folder(platform);
        assertThat(List.of("libjnidispatch.so", "libjnidispatch.jnilib", "jnidispatch.dll"))
                .anySatisfy(name -> assertThat(Native.class.getClassLoader().getResource(folder + name))
                        .isNotNull());
    }

    @Test
    void jnaFindsNoFileOfTwoProcessors() throws Exception {
        List<Platform> platforms = List.of(Platform.LINUX_X86_64, Platform.OSX_UNIVERSAL2);
        assertThatThrownBy(() -> JarLayout.JNA.requireFolders(platforms))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("Name osx-x86_64 and osx-aarch_64 in <platforms>");
        JarLayout.JNA.requireFolders(List.of(Platform.OSX_X86_64));
        JarLayout.DEFAULT.requireFolders(platforms);
        assertThat(JarLayout.DEFAULT.folder(Platform.OSX_UNIVERSAL2)).isEqualTo("META-INF/native/osx-universal2/");
    }

    @Test
    void jnaSearchesTheFolderOfThisMachine() {
        Platform here = Host.current(Map.of()).platform().orElseThrow();
        assertThat(JarLayout.JNA.folder(here)).isEqualTo(com.sun.jna.Platform.RESOURCE_PREFIX + "/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                       | neither a word nor a folder with a placeholder: {arch}, {jna}, {os},"
                        + " {platform}",
                "defualt                    | neither a word nor a folder",
                "META-INF/native/           | neither a word nor a folder",
                "native/{Platform}          | unknown placeholder '{Platform}'. Did you mean 'platform'?",
                "native/{}                  | unknown placeholder '{}'",
                "native/{os                 | brace without its partner",
                "native/os}-{arch}          | brace without its partner",
                "native/${os}               | '$'",
                "/native/{os}               | not a relative folder",
                "../{platform}              | not a relative folder",
                "a/./{platform}             | not a relative folder",
                "a//{platform}              | not a relative folder",
                "{platform}//               | not a relative folder",
                "C:{platform}               | not a relative folder",
                "a\\{platform}              | not a relative folder",
                "META-INF/manifest.mf/{os}  | uses the manifest as a folder",
            })
    void explainsWhyALayoutIsInvalid(String text, String part) {
        assertThatThrownBy(() -> JarLayout.parse(text))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("The value '" + text + "' of <jarLayout> (-Dtravis-compile.jarLayout) ")
                .hasMessageContaining(part)
                .hasMessageEndingWith("Set 'default', 'jna' or a folder such as 'META-INF/native/{os}-{arch}/'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "{os}/", "a\n{os}", "a\0{os}"})
    void aValueIsNeverAnythingElse(String pattern) {
        assertThatThrownBy(() -> new JarLayout(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void platformsOfOneFolderAreRefused() {
        List<Platform> same = List.of(Platform.LINUX_X86_64, Platform.LINUX_AARCH_64, Platform.LINUX_X86_64_MUSL);

        assertThatThrownBy(() -> JarLayout.DEFAULT.requireDistinct(same))
                .isInstanceOf(ActionNeededException.class)
                .hasMessage("The files of linux-x86_64 and of linux-x86_64-musl would both be in"
                        + " 'META-INF/native/linux-x86_64/' of the jar with all platforms. Set <jarLayout>"
                        + " (-Dtravis-compile.jarLayout) to a folder that tells them apart, such as"
                        + " 'META-INF/native/{platform}/', or choose one of them in <platforms>"
                        + " (-Dtravis-compile.platforms).");
        assertThatCode(() -> JarLayout.parse("META-INF/native/{platform}/").requireDistinct(List.of(Platform.values())))
                .doesNotThrowAnyException();
        assertThatCode(() -> JarLayout.DEFAULT.requireDistinct(List.of(Platform.LINUX_X86_64, Platform.OSX_X86_64)))
                .doesNotThrowAnyException();
    }
}

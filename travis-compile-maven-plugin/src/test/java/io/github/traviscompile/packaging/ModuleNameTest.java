package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleNameTest {

    @ParameterizedTest
    @CsvSource({
        "com.example, rand, linux-x86_64, com.example.rand.linux_x86_64",
        "io.github.travis-compile, it-example, osx-aarch_64, io.github.travis_compile.it_example.osx_aarch_64",
        "com.example, rand, linux-x86_64-musl, com.example.rand.linux_x86_64_musl",
        "com.example, rand, all, com.example.rand.all",
        "com.3m, 7zip.native, all, com._3m._7zip.native_.all",
        "int.example.new, _, all, int_.example.new_.__.all",
        "a..b., -, all, a.b.__.all",
        "größe, naïve, all, größe.naïve.all"
    })
    void isDerivedFromTheCoordinates(String groupId, String artifactId, String classifier, String expected) {
        assertThat(ModuleName.of(groupId, artifactId, classifier)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a..b", ".a", "a.", "a.int", "_", "a b", "a\nb", "1a"})
    void refusesNamesThatJavaRefuses(String value) {
        assertThatThrownBy(() -> new ModuleName(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + value + "'");
    }
}

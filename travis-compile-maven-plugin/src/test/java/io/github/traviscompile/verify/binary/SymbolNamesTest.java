package io.github.traviscompile.verify.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Version;
import io.github.traviscompile.verify.binary.SymbolNames.Decoration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolNamesTest {

    @ParameterizedTest
    @CsvSource({
        "NONE, foo, true",
        "NONE, _foo, false",
        "NONE, foo2, false",
        "UNDERSCORE, _foo, true",
        "UNDERSCORE, foo, false",
        "UNDERSCORE, __foo, false",
        "STDCALL, foo, true",
        "STDCALL, _foo, true",
        "STDCALL, _foo@8, true",
        "STDCALL, foo@16, true",
        "STDCALL, _foo@, false",
        "STDCALL, _foo@8x, false",
        "STDCALL, _foo_bar@8, false",
        "NONE, foo@8, false"
    })
    void namesAreFoundAsTheirSystemSpellsThem(Decoration decoration, String spelt, boolean found) {
        SymbolNames names = new SymbolNames(decoration, List.of("zzz", spelt, "aaa"));
        assertThat(names.has("foo")).isEqualTo(found);
    }

    @Test
    void beginningsAreFoundToo() {
        SymbolNames names = new SymbolNames(Decoration.NONE, List.of("Jb", "Java_b", "Java_a", "Java_a", "Ja", "K"));
        assertThat(names.spelt()).containsExactly("Ja", "Java_a", "Java_b", "Jb", "K");
        assertThat(names.beginningWith("Java_")).containsExactly("Java_a", "Java_b");
        assertThat(names.beginningWith("L")).isEmpty();
        assertThat(names.hasAny("Java_")).isTrue();
        assertThat(new SymbolNames(Decoration.UNDERSCORE, List.of("Java_a")).hasAny("Java_"))
                .isFalse();
        assertThat(new SymbolNames(Decoration.UNDERSCORE, List.of("_Java_a")).hasAny("Java_"))
                .isTrue();
        assertThat(new SymbolNames(Decoration.STDCALL, List.of("_Java_a@8")).hasAny("Java_"))
                .isTrue();
    }

    @Test
    void versionsGoByNumbers() {
        assertThat(version("2.4")).isLessThan(version("2.17"));
        assertThat(version("2.2.5")).isGreaterThan(version("2.2"));
        assertThat(version("11")).isEqualByComparingTo(version("11.0"));
        assertThat(version("10.13")).hasToString("10.13");
        for (String none : List.of("", "2.", ".2", "2.x", "PRIVATE", "-1", "1234567890", "1.1.1.1.1.1.1")) {
            assertThat(Version.parse(none)).as(none).isEmpty();
        }
        assertThat(new VersionNeed("libc.so.6", "GLIBC_PRIVATE", false).in("GLIBC"))
                .isEmpty();
        assertThat(new VersionNeed("libstdc++.so.6", "GLIBCXX_3.4", false).in("GLIBC"))
                .isEmpty();
    }

    private static Version version(String text) {
        return Version.parse(text).orElseThrow();
    }
}

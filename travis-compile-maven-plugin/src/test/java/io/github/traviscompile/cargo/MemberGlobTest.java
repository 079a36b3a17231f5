package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberGlobTest {

    @TempDir
    Path root;

    @BeforeEach
    void plant() throws Exception {
        for (String directory :
                List.of("crates/ab", "crates/a.b", "crates/Cd", "crates/.hidden", "x/y/crates/deep", "a]")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.writeString(root.resolve("crates/file"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crates/*           | crates/.hidden crates/Cd crates/a.b crates/ab crates/file",
                "crates/a*          | crates/a.b crates/ab",
                "crates/a?          | crates/ab",
                "crates/a?b         | crates/a.b",
                "crates/[A-Z]d      | crates/Cd",
                "crates/c?          | ''",
                "crates/[!aC.]*     | crates/file",
                "a[]]               | a]",
                "**/crates/d*       | x/y/crates/deep",
                "crates/**          | crates/.hidden crates/Cd crates/a.b crates/ab",
                "./crates//ab/      | crates/ab",
                "x/../crates/ab     | crates/ab",
                "crates/file/*      | ''",
                "nothing/*          | ''",
                "crates/{ab,Cd}     | ''",
            })
    void matchesAsTheGlobCrateDoes(String glob, String expected) throws Exception {
        assertThat(MemberGlob.expand(root, glob))
                .extracting(path -> root.relativize(path).toString().replace('\\', '/'))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
    }

    @Test
    void refusesAnOpenClass() {
        assertThatThrownBy(() -> MemberGlob.expand(root, "crates/[a")).isInstanceOf(PatternSyntaxException.class);
    }
}

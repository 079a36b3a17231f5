package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.RunId;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String NAME = "travis-compile/20261122T150000Z-" + RUN;

    @Test
    void containsTimeAndRun() {
        BranchName name = new BranchName(Instant.parse("2026-11-22T15:00:00.9Z"), new RunId(RUN));
        assertThat(name).hasToString(NAME);
        assertThat(name.ref()).isEqualTo("refs/heads/" + NAME);
        assertThat(BranchName.parse(NAME)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "travis-compile/",
                "travis-compile/" + RUN,
                "travis-compile/-" + RUN,
                "travis-compile/20261322T150000Z-" + RUN,
                "travis-compile/20261122T150000Z" + RUN,
                "travis-compile/+20261122T150000Z-" + RUN,
                "travis-compile/20261122t150000z-" + RUN,
                "travis-compile/20261122T150000Z-0123456789ABCDEF0123456789abcdef",
                "x" + NAME,
                NAME + "0",
                "refs/heads/" + NAME
            })
    void rejectsNamesOfOthers(String name) {
        assertThat(BranchName.parse(name)).isEmpty();
    }

    @Test
    void neverReadsADamagedNameAsAnother() {
        Random random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(NAME);
            damaged.setCharAt(random.nextInt(NAME.length()), (char) (' ' + random.nextInt(95)));
            String name = damaged.toString();
            BranchName.parse(name).ifPresent(parsed -> assertThat(parsed).hasToString(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "Compile [skip ci]", "[CI  skip] x", "[no ci]", "\u0085"})
    void refusesTitlesThatCiServicesMisunderstand(String title) {
        BranchName name = BranchName.parse(NAME).orElseThrow();
        assertThatThrownBy(() -> new BranchRequest(name, "main", title, name.created()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.github.traviscompile.github;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.RunId;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRequestTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a`b", "a\nb"})
    void letsNoProjectNameOutOfItsQuotes(String project) {
        RunId run = new RunId("0".repeat(32));
        assertThatThrownBy(() -> new PullRequestText(run, project, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

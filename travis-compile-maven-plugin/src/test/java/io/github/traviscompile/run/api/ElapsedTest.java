package io.github.traviscompile.run.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0:00, 0:00",
        "PT0S, 0:00, 0.0 s",
        "PT4.27S, 0:04, 4.3 s",
        "PT59.9S, 0:59, 59.9 s",
        "PT1M, 1:00, 1:00",
        "PT59M59S, 59:59, 59:59",
        "PT26H2M3S, 26:02:03, 26:02:03"
    })
    void readsAsPeopleSayIt(Duration duration, String plain, String precise) {
        assertThat(Elapsed.of(duration)).isEqualTo(plain);
        assertThat(Elapsed.precisely(duration)).isEqualTo(precise);
    }
}

package io.github.traviscompile.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pauses and ends, by a clock that only pauses move. */
class RetryPolicyTest {

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Test
    void pausesTwiceAsLongEachTimeUpToTheLongest() throws Exception {
        begin(RetryPolicy.growing(5, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(pauses).hasSize(4);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(1800), Duration.ofSeconds(2));
        assertThat(pauses.subList(2, 4))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(2700), Duration.ofSeconds(3)));
    }

    @Test
    void endsBeforeAPauseThatWouldEndTooLate() throws Exception {
        begin(RetryPolicy.within(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(3)));
        assertThat(pauses).hasSize(3);
        assertThat(now).isBeforeOrEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    @Test
    void waitsAsLongAsItIsAskedOrNotAtAll() throws Exception {
        RetryPolicy.Retries retries = RetryPolicy.within(
                        Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofSeconds(3))
                .begin(() -> now, this::pause);
        List<Duration> told = new ArrayList<>();
        assertThat(retries.again(Duration.ofSeconds(7), told::add)).isTrue();
        assertThat(retries.again(Duration.ofSeconds(4), told::add)).isFalse();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(told).isEqualTo(pauses);
    }

    @Test
    void refusesWhatIsNoPolicy() {
        assertThatThrownBy(() -> RetryPolicy.growing(0, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("0 attempts");
        assertThatThrownBy(() -> RetryPolicy.growing(2, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void begin(RetryPolicy policy) throws InterruptedException {
        RetryPolicy.Retries retries = policy.begin(() -> now, this::pause);
        while (retries.again()) {
            assertThat(pauses).hasSizeLessThan(100);
        }
    }

    private void pause(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }
}

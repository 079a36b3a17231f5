package io.github.traviscompile.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String VALUE = "ghp_canary";

    @Test
    void showsItsValueToThoseWhoAskOnly() {
        Secret secret = Secret.of(VALUE);
        assertThat(secret.reveal()).isEqualTo(VALUE);
        assertThat(secret.toString()).doesNotContain(VALUE);
        assertThat(secret.maskIn("no " + VALUE + ", please")).isEqualTo("no ***, please");
        assertThat(secret).isEqualTo(Secret.of(VALUE)).isNotEqualTo(Secret.of(VALUE + "x"));
    }

    @Test
    void aTokenComesWithoutTheWhiteSpaceAroundItAndAPasswordAsItIs() {
        assertThat(Secret.of(" " + VALUE + "\n").reveal()).isEqualTo(VALUE);
        assertThat(Secret.ofPassword(" pässword ").reveal()).isEqualTo(" pässword ");
        assertThat(Secret.ofNullable(" ")).isEmpty();
        assertThat(Secret.ofNullable(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ghp_\ncanary", "ghp canary", "ghp_canaré"})
    void refusesWhatNoHeaderCarriesWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> Secret.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContainingAny("ghp", "canar");
    }
}

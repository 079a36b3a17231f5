package io.github.traviscompile.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelAddressTest {

    @Test
    void readsTheThreeForms() throws Exception {
        assertThat(TunnelAddress.parse(" ngrok ")).isEqualTo(new TunnelAddress.Ngrok());
        assertThat(TunnelAddress.parse("ssh://build@tunnel.example.org?publicUrl=https://t.example.org"))
                .isEqualTo(new TunnelAddress.Ssh("build", "tunnel.example.org", 22, 0, "https://t.example.org"));
        assertThat(TunnelAddress.parse(
                        "ssh://b.u_i-ld@10.0.0.1:2222?publicUrl=https://t.example.org:8443/&remotePort=9000"))
                .isEqualTo(new TunnelAddress.Ssh("b.u_i-ld", "10.0.0.1", 2222, 9000, "https://t.example.org:8443/"));
        assertThat(TunnelAddress.parse("https://t.example.org/"))
                .isEqualTo(new TunnelAddress.Fixed(URI.create("https://t.example.org")));
    }

    @Test
    void putsTheChosenPortIntoThePublicAddress() throws Exception {
        TunnelAddress.Ssh address =
                (TunnelAddress.Ssh) TunnelAddress.parse("ssh://b@h?publicUrl=https://p{port}.example.org");

        assertThat(address.publicUrl(40_123)).isEqualTo(URI.create("https://p40123.example.org"));
    }

    @Test
    void takesPlainHttpForLoopbackOnly() throws Exception {
        assertThat(new FixedUrl((TunnelAddress.Fixed) TunnelAddress.parse("http://127.0.0.1:8080")).publicUri())
                .isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThatThrownBy(() -> TunnelAddress.parse("http://t.example.org")).isInstanceOf(ActionNeededException.class);
        assertThatThrownBy(() -> TunnelAddress.parse("http://localhost.example.org"))
                .isInstanceOf(ActionNeededException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://t.example.org/path",
                "https://t.example.org?q=1",
                "https://t.example.org#f",
                "https://me:pw@t.example.org",
                "https://[::1]:8443",
                "https://",
                "https://t.exämple.org",
                "https://t.example.org:99999999999",
                "https://t.example.org:",
            })
    void refusesAnAddressThatTheLegsCannotUse(String url) {
        assertThatThrownBy(() -> TunnelAddress.parse(url))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("The tunnel leads to '" + url + "'")
                .hasMessageEndingWith("<tunnel> (-Dtravis-compile.tunnel).");
        assertThatThrownBy(() -> TunnelAddress.parse("ssh://b@h?publicUrl=" + url))
                .isInstanceOf(ActionNeededException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ssh://build@h | does not say by which public address",
                "ssh://h?publicUrl=https://t.example.org | 'h' is not of the form user@host",
                "ssh://-oProxyCommand=x@h?publicUrl=https://t.example.org | is not of the form user@host",
                "ssh://b@-h?publicUrl=https://t.example.org | is not of the form user@host",
                "ssh://b@h:0?publicUrl=https://t.example.org | is not of the form user@host",
                "ssh://b@h:65536?publicUrl=https://t.example.org | '65536' is not a port",
                "ssh://b@h?publicUrl=https://t.example.org&remotePort=x | 'x' is not a port",
                "ssh://b@h?publicUrl=https://t.example.org&remotePort=0 | '0' is not a port",
                "ssh://b@h?publicUrl=https://t.example.org&publicUrl=https://u | publicUrl comes twice",
                "ssh://b@h?publicURL=https://t.example.org | 'publicURL=https://t.example.org' is neither",
                "ssh://b@h?publicUrl=http://t.example.org | The publicUrl of the ssh tunnel leads to 'http://t",
                "frp://b@h | The tunnel 'frp://b@h' is of no known kind",
            })
    void saysWhatIsWrong(String parameter, String words) {
        assertThatThrownBy(() -> TunnelAddress.parse(parameter))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)")
                .hasMessageEndingWith(".");
    }

    @Test
    void doesNotRepeatAPassword() {
        assertThatThrownBy(() -> TunnelAddress.parse("ssh://build:hunter2@h?publicUrl=https://t.example.org"))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("holds a password")
                .hasMessageNotContaining("hunter2");
    }
}

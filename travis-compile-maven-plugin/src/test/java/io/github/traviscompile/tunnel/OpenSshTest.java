package io.github.traviscompile.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.standin.DigestServer;
import io.github.traviscompile.standin.OpenSshd;
import io.github.traviscompile.standin.SshHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the tunnel with the real OpenSSH server. */
class OpenSshTest {

    @TempDir
    Path directory;

    private SshHome home;
    private DigestServer endpoint;

    @BeforeEach
    void start() throws Exception {
        home = new SshHome(directory.resolve("home"));
        endpoint = new DigestServer();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa", "ed25519"})
    void carries64MebibytesWithKeysOfEachKind(String type) throws Exception {
        byte[] body = new byte[64 << 20];
        new Random(2).nextBytes(body);
        try (OpenSshd sshd = sshd(type, "");
                SshTunnel tunnel = open(sshd, SshCredentials.DEFAULT)) {
            assertThat(SshTunnelTest.put(tunnel.publicUri(), body))
                    .isEqualTo(Sha256.of(body).hex());
        }
    }

    @Test
    void reconnectsAfterTheServerCrashed() throws Exception {
        try (OpenSshd sshd = sshd("ed25519", "");
                SshTunnel tunnel = open(sshd, SshCredentials.DEFAULT)) {
            URI before = tunnel.publicUri();
            sshd.kill();
            sshd.revive();

            assertThat(SshTunnelTest.putUntilAnswered(before))
                    .isEqualTo(Sha256.of(new byte[3]).hex());
            assertThat(tunnel.lost().toCompletableFuture()).isNotDone();
        }
    }

    /** As with a cut network: no data arrives, no connection ends, and the server still has the port. */
    @Test
    void noticesAConnectionThatFellSilentAndWaitsForThePort() throws Exception {
        SshTimeouts watchful = new SshTimeouts(
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMinutes(1));
        try (OpenSshd sshd = sshd("ed25519", "");
                SshTunnel tunnel = SshTunnel.open(
                        address(sshd), SshCredentials.DEFAULT, home.directory(), endpoint.uri(), watchful)) {
            List<ProcessHandle> frozen = sshd.freezeConnections();
            sshd.awaitLogins(2);
            assertThat(tunnel.lost().toCompletableFuture()).isNotDone();
            frozen.forEach(ProcessHandle::destroyForcibly);

            assertThat(SshTunnelTest.putUntilAnswered(tunnel.publicUri()))
                    .isEqualTo(Sha256.of(new byte[3]).hex());
        }
    }

    @Test
    void opensAnEncryptedKeyOfSshKeygen() throws Exception {
        SshCredentials credentials = new SshCredentials(
                Optional.of(home.directory().resolve(".ssh/id_ed25519")),
                Optional.of(Secret.ofPassword("open sesame")),
                Optional.empty());
        try (OpenSshd sshd = sshd("ed25519", "open sesame");
                SshTunnel tunnel = open(sshd, credentials)) {
            assertThat(SshTunnelTest.put(tunnel.publicUri(), new byte[3]))
                    .isEqualTo(Sha256.of(new byte[3]).hex());
        }
    }

    /** A server shows the key type that the client prefers, and known_hosts often has only one. */
    @Test
    void asksForTheKeyThatIsPinned() throws Exception {
        Path second = directory.resolve("second");
        OpenSshd.generateKey(second, "ecdsa", "");
        try (OpenSshd sshd = sshd("ed25519", "", "HostKey \"" + second + "\"")) {
            open(sshd, SshCredentials.DEFAULT).close();
            home.forgetAll();
            home.pin("", "127.0.0.1", sshd.port(), java.nio.file.Files.readString(Path.of(second + ".pub")));
            open(sshd, SshCredentials.DEFAULT).close();
        }
    }

    @Test
    void saysThatThePortIsTakenByAnotherTunnel() throws Exception {
        try (OpenSshd sshd = sshd("ed25519", "");
                SshTunnel first = open(sshd, SshCredentials.DEFAULT)) {
            int port = first.publicUri().getPort();
            TunnelAddress.Ssh same =
                    new TunnelAddress.Ssh(OpenSshd.user(), "127.0.0.1", sshd.port(), port, "https://t.example.org");

            assertThatThrownBy(() -> SshTunnel.open(same, SshCredentials.DEFAULT, home.directory(), endpoint.uri()))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("does not forward its port " + port);
        }
    }

    @Test
    void saysThatTheServerForwardsNothing() throws Exception {
        try (OpenSshd sshd = sshd("ed25519", "", "DisableForwarding yes")) {
            assertThatThrownBy(() -> open(sshd, SshCredentials.DEFAULT))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("does not forward a port to here")
                    .hasMessageContaining("AllowTcpForwarding");
        }
    }

    @Test
    void leavesTheProvidersOfTheJvmAsTheyWere() throws Exception {
        var before = Arrays.asList(Security.getProviders());
        try (OpenSshd sshd = sshd("ed25519", "");
                SshTunnel tunnel = open(sshd, SshCredentials.DEFAULT)) {
            assertThat(tunnel.publicUri()).isNotNull();
        }
        assertThat(Security.getProviders()).containsExactlyElementsOf(before);
    }

    private OpenSshd sshd(String keyType, String passphrase, String... options)
            throws IOException, InterruptedException {
        OpenSshd sshd = new OpenSshd(directory.resolve("server"), keyType, options);
        Path key = home.directory().resolve(".ssh/id_" + keyType);
        OpenSshd.generateKey(key, keyType, passphrase);
        sshd.authorize(Path.of(key + ".pub"));
        home.pin("", "127.0.0.1", sshd.port(), sshd.hostKey());
        return sshd;
    }

    private SshTunnel open(OpenSshd sshd, SshCredentials credentials) throws Exception {
        return SshTunnel.open(address(sshd), credentials, home.directory(), endpoint.uri());
    }

    private static TunnelAddress.Ssh address(OpenSshd sshd) {
        return new TunnelAddress.Ssh(OpenSshd.user(), "127.0.0.1", sshd.port(), 0, "http://127.0.0.1:{port}");
    }
}

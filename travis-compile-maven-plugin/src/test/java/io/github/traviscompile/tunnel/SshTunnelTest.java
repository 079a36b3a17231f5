package io.github.traviscompile.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.DigestServer;
import io.github.traviscompile.standin.MinaSshd;
import io.github.traviscompile.standin.SshHome;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshTunnelTest {

    private static final SshCredentials PASSWORD = password(MinaSshd.PASSWORD);
    private static final SshTimeouts ENDLESS = new SshTimeouts(
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofHours(1));
    private static final SshTimeouts QUICK = new SshTimeouts(
            ENDLESS.answer(),
            ENDLESS.keepAlive(),
            ENDLESS.firstPause(),
            ENDLESS.longestPause(),
            Duration.ofMillis(400));

    private static KeyPair hostKey;
    private static KeyPair otherKey;

    @TempDir
    Path directory;

    private SshHome home;
    private MinaSshd sshd;
    private DigestServer endpoint;

    @BeforeAll
    static void makeKeys() throws Exception {
        hostKey = SshHome.rsaKey();
        otherKey = SshHome.rsaKey();
    }

    @BeforeEach
    void start() throws Exception {
        home = new SshHome(directory.resolve("ho me 'ß'"));
        sshd = new MinaSshd(hostKey);
        endpoint = new DigestServer();
        home.pin("", MinaSshd.HOST, sshd.port(), hostKey.getPublic());
    }

    @AfterEach
    void stop() throws Exception {
        endpoint.close();
        sshd.close();
    }

    @Test
    void carries64MebibytesToTheEndpoint() throws Exception {
        byte[] body = new byte[64 << 20];
        new Random(1).nextBytes(body);
        try (SshTunnel tunnel = open(address(0), PASSWORD)) {
            assertThat(tunnel.publicUri().getPort()).isNotEqualTo(endpoint.uri().getPort());
            assertThat(put(tunnel.publicUri(), body)).isEqualTo(Sha256.of(body).hex());
        }
        assertThat(sshd.portsAsked).containsExactly(0);
    }

    @Test
    void reconnectsWithTheSamePublicAddress() throws Exception {
        try (SshTunnel tunnel = open(address(0), PASSWORD)) {
            URI before = tunnel.publicUri();
            sshd.kill();
            sshd.revive(hostKey);

            assertThat(putUntilAnswered(before))
                    .isEqualTo(Sha256.of(new byte[3]).hex());
            assertThat(tunnel.publicUri()).isEqualTo(before);
            assertThat(lost(tunnel)).isNotDone();
            assertThat(sshd.portsAsked).containsExactly(0, before.getPort());
        }
    }

    @Test
    void reconnectsWhenOnlyTheConnectionIsCut() throws Exception {
        try (SshTunnel tunnel = open(address(0), PASSWORD)) {
            for (int i = 0; i < 3; i++) {
                sshd.cut();
                assertThat(putUntilAnswered(tunnel.publicUri()))
                        .isEqualTo(Sha256.of(new byte[3]).hex());
            }
        }
    }

    @Test
    void isLostWhenTheServerStaysAway() throws Exception {
        try (SshTunnel tunnel = open(address(0), PASSWORD, QUICK)) {
            sshd.kill();

            assertThat(lost(tunnel).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("broke in the middle of the run and could not be opened again")
                    .hasMessageContaining("cannot be reached")
                    .hasMessageEndingWith(".");
        }
    }

    @Test
    void isLostAtOnceWhenTheServerComesBackWithAnotherKey() throws Exception {
        try (SshTunnel tunnel = open(address(0), PASSWORD)) {
            int logins = sshd.logins.get();
            sshd.kill();
            sshd.revive(otherKey);

            assertThat(lost(tunnel).get(30, TimeUnit.SECONDS))
                    .hasMessageContaining("shows the key ssh-rsa " + KeyUtils.getFingerPrint(otherKey.getPublic()));
            assertThat(sshd.logins).hasValue(logins);
        }
    }

    @Test
    void isLostWhenThePortStaysTaken() throws Exception {
        try (SshTunnel tunnel = open(address(0), PASSWORD, QUICK)) {
            sshd.forwards = false;
            sshd.cut();

            assertThat(lost(tunnel).get(30, TimeUnit.SECONDS))
                    .hasMessageContaining(
                            "does not forward its port " + tunnel.publicUri().getPort());
        }
    }

    @Test
    void closingIsNoLossAndLeavesNoThread() throws Exception {
        SshTunnel tunnel = open(address(0), PASSWORD);
        CompletableFuture<CrossCompileException> lost = lost(tunnel);
        URI uri = tunnel.publicUri();
        tunnel.close();

        assertThat(lost).isNotDone();
        assertThatThrownBy(() -> put(uri, new byte[1])).isInstanceOf(java.io.IOException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("travis-compile-ssh")
                    || thread.getName().contains("SshClient")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void closesWhileItReconnects() throws Exception {
        SshTunnel tunnel = open(address(0), PASSWORD);
        CompletableFuture<CrossCompileException> lost = lost(tunnel);
        sshd.kill();
        long start = System.nanoTime();
        tunnel.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(lost).isNotDone();
    }

    @Test
    void refusesAnUnknownKeyBeforeTheLogin() throws Exception {
        home.forgetAll();

        assertThatThrownBy(() -> open(address(0), PASSWORD))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("is not in '" + home.directory().resolve(".ssh/known_hosts") + "'")
                .hasMessageContaining("ssh-rsa " + KeyUtils.getFingerPrint(hostKey.getPublic()))
                .hasMessageContaining("ssh -p " + sshd.port() + " build@127.0.0.1")
                .hasMessageContaining("ssh-keyscan -p " + sshd.port() + " 127.0.0.1");
        assertThat(sshd.logins).hasValue(0);
        assertThat(home.directory().resolve(".ssh/known_hosts")).doesNotExist();
    }

    @Test
    void refusesAChangedKeyBeforeTheLogin() throws Exception {
        home.forgetAll();
        home.pin("", MinaSshd.HOST, sshd.port(), otherKey.getPublic());

        assertThatThrownBy(() -> open(address(0), PASSWORD))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("shows the key ssh-rsa " + KeyUtils.getFingerPrint(hostKey.getPublic()))
                .hasMessageContaining("knows ssh-rsa " + KeyUtils.getFingerPrint(otherKey.getPublic()))
                .hasMessageContaining("ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "'");
        assertThat(sshd.logins).hasValue(0);
    }

    @Test
    void refusesARevokedKeyBeforeTheLogin() throws Exception {
        home.pin("@revoked", MinaSshd.HOST, sshd.port(), hostKey.getPublic());

        assertThatThrownBy(() -> open(address(0), PASSWORD))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("revokes");
        assertThat(sshd.logins).hasValue(0);
    }

    @Test
    void saysThatThePasswordIsWrongWithoutShowingIt() {
        Throwable thrown = catchThrowable(() -> open(address(0), password("tr0ub4dor")));

        assertThat(thrown)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not let 'build' in with the password")
                .hasMessageContaining("<sshServerId> (-Dtravis-compile.sshServerId)");
        assertThat(thrown).hasStackTraceContaining("Ssh");
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("tr0ub4dor");
        assertThat(password("tr0ub4dor").toString()).doesNotContain("tr0ub4dor");
    }

    @Test
    void logsInWithTheUsualKeyOfTheHomeDirectory() throws Exception {
        KeyPair key = SshHome.rsaKey();
        home.key("id_rsa", key, Optional.empty());
        sshd.authorized.add(key.getPublic());

        try (SshTunnel tunnel = open(address(0), SshCredentials.DEFAULT)) {
            assertThat(put(tunnel.publicUri(), new byte[3]))
                    .isEqualTo(Sha256.of(new byte[3]).hex());
        }
    }

    @Test
    void logsInWithAnEncryptedKey() throws Exception {
        KeyPair key = SshHome.rsaKey();
        Path file = home.key("deploy key", key, Optional.of("sesame"));
        sshd.authorized.add(key.getPublic());

        open(address(0), key(file, "sesame")).close();
        assertThatThrownBy(() -> open(address(0), key(file, "mustard")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("The ssh key '" + file + "' cannot be opened")
                .hasMessageContaining("<passphrase>");
    }

    @Test
    void saysThatTheKeyIsNotAuthorized() throws Exception {
        Path file = home.key("id_rsa", SshHome.rsaKey(), Optional.empty());

        assertThatThrownBy(() -> open(address(0), SshCredentials.DEFAULT))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("does not let 'build' in with the key '" + file + "'")
                .hasMessageContaining("authorized_keys");
    }

    @Test
    void saysThatThereIsNothingToLogInWith() throws Exception {
        home.key("id_ecdsa", SshHome.rsaKey(), Optional.of("sesame"));

        assertThatThrownBy(() -> open(address(0), SshCredentials.DEFAULT))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("There is nothing to log in to the ssh server with: '")
                .hasMessageContaining("id_ecdsa' cannot be opened");
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(address(taken.getLocalPort()), PASSWORD))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining("does not forward its port " + taken.getLocalPort())
                    .hasMessageContaining("remotePort=…");
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        sshd.kill();

        assertThatThrownBy(() -> open(address(0), PASSWORD))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageStartingWith("The ssh server '127.0.0.1' (port " + sshd.port() + ") cannot be reached: ")
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)");
    }

    @Test
    void givesUpOnAServerThatStaysSilent() throws Exception {
        SshTimeouts impatient = new SshTimeouts(
                Duration.ofMillis(300), QUICK.keepAlive(), QUICK.firstPause(), QUICK.longestPause(), Duration.ZERO);
        try (ServerSocket silent = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            TunnelAddress.Ssh address = new TunnelAddress.Ssh(
                    MinaSshd.USER, MinaSshd.HOST, silent.getLocalPort(), 0, "https://tunnel.example.org");
            assertThatThrownBy(() -> open(address, PASSWORD, impatient))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("did not let the login come to an end");
        }
    }

    @Test
    void canBeInterruptedWhileItWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            TunnelAddress.Ssh address = new TunnelAddress.Ssh(
                    MinaSshd.USER, MinaSshd.HOST, silent.getLocalPort(), 0, "https://tunnel.example.org");
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiting = new Thread(() -> thrown.complete(catchThrowable(() -> open(address, PASSWORD))));
            waiting.start();
            silent.accept();
            waiting.interrupt();

            assertThat(thrown.get(15, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    private SshTunnel open(TunnelAddress.Ssh address, SshCredentials credentials) throws Exception {
        return open(address, credentials, ENDLESS);
    }

    private SshTunnel open(TunnelAddress.Ssh address, SshCredentials credentials, SshTimeouts patience)
            throws Exception {
        return SshTunnel.open(address, credentials, home.directory(), endpoint.uri(), patience);
    }

    private TunnelAddress.Ssh address(int remotePort) {
        return new TunnelAddress.Ssh(MinaSshd.USER, MinaSshd.HOST, sshd.port(), remotePort, "http://127.0.0.1:{port}");
    }

    private static SshCredentials password(String password) {
        return new SshCredentials(Optional.empty(), Optional.empty(), Optional.of(Secret.ofPassword(password)));
    }

    private static SshCredentials key(Path file, String passphrase) {
        return new SshCredentials(Optional.of(file), Optional.of(Secret.ofPassword(passphrase)), Optional.empty());
    }

    private static CompletableFuture<CrossCompileException> lost(Tunnel tunnel) {
        return tunnel.lost().toCompletableFuture();
    }

    static String put(URI uri, byte[] body) throws Exception {
        return put(uri, body, Duration.ofSeconds(60));
    }

    private static String put(URI uri, byte[] body, Duration within) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(within)
                .PUT(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    static String putUntilAnswered(URI uri) throws Exception {
        while (true) {
            try {
                // A connection that the old tunnel accepted in its last moment gets no answer.
                return put(uri, new byte[3], Duration.ofSeconds(3));
            } catch (java.io.IOException e) {
                // The tunnel is not open again yet; the test's timeout ends this.
                Thread.sleep(1);
            }
        }
    }
}

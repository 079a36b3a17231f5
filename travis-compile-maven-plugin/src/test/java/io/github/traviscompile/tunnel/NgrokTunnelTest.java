package io.github.traviscompile.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.DigestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests ngrok-java itself, with a native part that forwards on loopback. */
class NgrokTunnelTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path NGROK_JAVA = codeSource(com.ngrok.Session.class);
    private static final Path STAND_IN = codeSource(NgrokTunnelTest.class);

    private DigestServer endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = new DigestServer();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void carriesRequestsToTheEndpoint() throws Exception {
        byte[] body = new byte[8 << 20];
        new Random(3).nextBytes(body);
        try (NgrokTunnel tunnel = open("good", LONG)) {
            assertThat(tunnel.publicUri().getPort()).isNotEqualTo(endpoint.uri().getPort());
            assertThat(SshTunnelTest.put(tunnel.publicUri(), body))
                    .isEqualTo(Sha256.of(body).hex());
            assertThat(lost(tunnel)).isNotDone();
        }
    }

    @Test
    void closingIsNoLossAndEndsThePublicAddress() throws Exception {
        NgrokTunnel tunnel = open("good", LONG);
        CompletableFuture<CrossCompileException> lost = lost(tunnel);
        tunnel.close();

        assertThatThrownBy(() -> SshTunnelTest.put(tunnel.publicUri(), new byte[1]))
                .isInstanceOf(IOException.class);
        assertThat(lost).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({
        "ends, ngrok ended it",
        "stops, ngrok told it to stop",
        "silent, ngrok has not answered for 0 s",
    })
    void isLostWhenNgrok(String what, String words) throws Exception {
        try (NgrokTunnel tunnel = open(what, LONG)) {
            SshTunnelTest.put(tunnel.publicUri(), new byte[1]);

            assertThat(lost(tunnel).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("broke in the middle of the run")
                    .hasMessageContaining(words)
                    .hasMessageEndingWith(".");
        }
    }

    @Test
    void outlivesASilenceThatEnds() throws Exception {
        NgrokHeartbeat pulse = new NgrokHeartbeat(Duration.ofMillis(50));
        pulse.silent();
        pulse.alive();
        CompletableFuture<CrossCompileException> lost = pulse.lost().toCompletableFuture();

        assertThatThrownBy(() -> lost.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        pulse.silent();
        assertThat(lost.get(30, TimeUnit.SECONDS)).isInstanceOf(WorkFailedException.class);
    }

    @Test
    void doesNotWaitForEverForNgrok() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> open("hang", Duration.ofMillis(300)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageStartingWith("ngrok did not answer within 0 s.")
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** No session may stay open without an owner. */
    @Test
    void closesASessionThatComesTooLate() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatThrownBy(() -> open("late", Duration.ofMillis(300))).isInstanceOf(WorkFailedException.class);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("travis-compile-ngrok-connect") && !before.contains(thread)) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
        while (Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> Arrays.toString(stack).contains("LoopbackRelay.serve"))) {
            // The relay ends soon after it was closed; otherwise the test's timeout fails it.
            Thread.sleep(1);
        }
    }

    @Test
    void saysThatTheAuthtokenIsWrongWithoutRepeatingIt() {
        Throwable thrown = catchThrowable(() -> open("wrong-2abCDefGH", LONG));

        assertThat(thrown)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("ngrok refuses the authtoken (ERR_NGROK_107: The authtoken you specified is"
                        + " properly formed, but it is invalid. Your authtoken: ***")
                .hasMessageContaining("<ngrokServerId> (-Dtravis-compile.ngrokServerId)")
                .hasMessageContaining("NGROK_AUTHTOKEN");
        java.io.StringWriter trace = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("2abCDefGH");
    }

    @Test
    void saysWhatElseNgrokRefuses() {
        assertThatThrownBy(() -> open("elsewhere", LONG))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("ngrok does not open a tunnel (ERR_NGROK_108: Your account is limited")
                .hasMessageContaining("https://ngrok.com/docs/errors/err_ngrok_108");
    }

    @Test
    void saysThatNgrokCannotBeReached() {
        assertThatThrownBy(() -> open("offline", LONG))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageStartingWith("ngrok cannot be reached: failed to connect to ngrok server with ***.");
    }

    @Test
    void saysThatTheNativePartDoesNotLoad() {
        assertThatThrownBy(() -> open("unlinked", LONG))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("com.ngrok:ngrok-java-native:1.0.1")
                .hasMessageContaining("libc.musl-x86_64.so.1")
                .hasMessageContaining("musl");
    }

    @Test
    void saysThatTheNativePartIsMissing() {
        NgrokLibrary onlyJava = new NgrokLibrary(List.of(NGROK_JAVA));

        assertThatThrownBy(() -> NgrokTunnel.open(Secret.ofPassword("any"), onlyJava, endpoint.uri(), LONG))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("com.ngrok:ngrok-java-native:1.0.1")
                .hasMessageContaining("ClassNotFoundException: com.ngrok.NativeSession")
                .hasMessageContaining("<tunnel> (-Dtravis-compile.tunnel)");
    }

    @Test
    void libraryDoesNotSeeThePluginsClasses() throws Exception {
        try (var loader = new NgrokLibrary(List.of(NGROK_JAVA)).open()) {
            assertThat(loader.loadClass("com.ngrok.Session")).isNotEqualTo(com.ngrok.Session.class);
            assertThatThrownBy(() -> loader.loadClass("org.slf4j.Logger")).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch_64",
        "Linux, i386, linux-x86_32",
        "Mac OS X, aarch64, osx-aarch_64",
        "Windows 11, amd64, windows-x86_64",
    })
    void namesTheNativePartOfEachPlatform(String os, String cpu, String classifier) throws Exception {
        assertThat(NgrokLibrary.coordinates(host(os, cpu)))
                .contains("com.ngrok:ngrok-java:1.0.1", "com.ngrok:ngrok-java-native:jar:" + classifier + ":1.0.1");
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, aarch64, windows-aarch_64", "Linux, riscv64, Linux-riscv64", "AIX, ppc64, AIX-ppc64"})
    void saysWhereNgrokCannotRun(String os, String cpu, String name) {
        assertThatThrownBy(() -> NgrokLibrary.coordinates(host(os, cpu)))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("com.ngrok:ngrok-java-native is not published for " + name + ".");
    }

    @Test
    void saysThatTheFilesCannotBeHad() {
        assertThat(NgrokLibrary.unresolved(
                        "com.ngrok:ngrok-java-native:jar:linux-x86_64:1.0.1", new IOException("404")))
                .hasMessageStartingWith("The tunnel ngrok needs com.ngrok:ngrok-java-native:jar:linux-x86_64:1.0.1,"
                        + " which cannot be had: 404.");
    }

    private NgrokTunnel open(String behaviour, Duration within) throws Exception {
        NgrokLibrary library = new NgrokLibrary(List.of(NGROK_JAVA, STAND_IN));
        return NgrokTunnel.open(Secret.ofPassword(behaviour), library, endpoint.uri(), within, Duration.ofMillis(100));
    }

    private static CompletableFuture<CrossCompileException> lost(Tunnel tunnel) {
        return tunnel.lost().toCompletableFuture();
    }

    private static Host host(String os, String cpu) {
        return new Host(os, cpu, Path.of("home"), Map.of());
    }

    private static Path codeSource(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}

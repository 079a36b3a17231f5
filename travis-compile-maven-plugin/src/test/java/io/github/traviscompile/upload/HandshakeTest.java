package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.upload.LegClient.Request;
import java.net.Socket;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests legs without a key, and impostors. */
class HandshakeTest {

    private static final String LEG = "osx-aarch_64";
    private static final String TOKEN = "head.claims.signature";
    private static final byte[] FILE = "not much\n".getBytes(UTF_8);
    private static final HandshakeKey KEY = HandshakeKey.random();
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    /** The verifier's calls: leg, token, audience. */
    private final List<List<String>> verified = new CopyOnWriteArrayList<>();

    private final RunId run = RunId.random(RANDOM);
    private final LegKey key = LegKey.random(RANDOM);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();
    private volatile Optional<String> objection = Optional.empty();
    private volatile CountDownLatch verifierGate = new CountDownLatch(0);
    private UploadServer server;
    private LegClient leg;

    @BeforeEach
    void open() throws Exception {
        List<Output> outputs = List.of(Output.of(OutputKind.BIN, "demo"));
        server = UploadServer.open(
                run,
                List.of(
                        LegAccount.awaitingHello(LEG, outputs),
                        new LegAccount("linux-x86_64", LegKey.random(RANDOM), outputs)),
                UploadStorage.open(directory, 1 << 20),
                0,
                UploadLimits.DEFAULT,
                events::add,
                Optional.of(new Handshake(KEY, this::verify)),
                () -> {
                    reads.incrementAndGet();
                    return nanos.get();
                });
        leg = new LegClient(server.uri(), run, LEG, key);
    }

    @AfterEach
    void close() {
        verifierGate.countDown();
        server.close();
    }

    private Optional<String> verify(String who, String token, String audience) throws InterruptedException {
        verified.add(List.of(who, token, audience));
        verifierGate.await();
        return objection;
    }

    @Test
    void acceptsALegByTheKeyThatItMade() throws Exception {
        String wrapped = wrap(KEY.publicKey(), key.reveal());
        Request handshake = leg.handshake(wrapped, TOKEN);
        assertThat(leg.exchange(leg.event("phase=started").bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);

        assertThat(handshake.send().status()).as("signed by the wrapped key").isEqualTo(200);

        assertThat(verified).containsExactly(List.of(LEG, TOKEN, leg.audience(handshake.nonce, wrapped)));
        assertThat(leg.event("phase=started").send().status()).isEqualTo(200);
        assertThat(leg.deliver("demo", FILE, 4).status()).isEqualTo(200);
        assertThat(events).hasAtLeastOneElementOfType(UploadEvent.Committed.class);
    }

    @Test
    void refusesALegWhoseTokenIsRejected() throws Exception {
        objection = Optional.of("it is of another repository");
        assertThat(leg.exchange(handshake().bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(verified).hasSize(1);
        assertThat(leg.exchange(leg.event("phase=started").bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(events).isEmpty();
    }

    @Test
    void refusesASenderWithoutTheWrappedKey() throws Exception {
        LegClient impostor = new LegClient(server.uri(), run, LEG, LegKey.random(RANDOM));
        Request forged = impostor.handshake(wrap(KEY.publicKey(), key.reveal()), TOKEN);
        assertThat(leg.exchange(forged.bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(leg.exchange(leg.event("phase=started").bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
    }

    @Test
    void refusesAKeyThatWasWrappedForAnotherRun() throws Exception {
        String wrapped = wrap(HandshakeKey.random().publicKey(), key.reveal());
        assertThat(leg.exchange(leg.handshake(wrapped, TOKEN).bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void refusesAKeyOfAnotherLength(int length) throws Exception {
        String wrapped = wrap(KEY.publicKey(), new byte[length]);
        assertThat(leg.exchange(leg.handshake(wrapped, TOKEN).bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
    }

    @Test
    void refusesAReplay() throws Exception {
        Request handshake = handshake();
        assertThat(handshake.send().status()).isEqualTo(200);
        assertThat(leg.exchange(handshake.bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(leg.event("phase=started").send().status()).isEqualTo(200);
    }

    /** As when the user restarts a job. */
    @Test
    void givesTheLegToTheLatestHandshake() throws Exception {
        assertThat(handshake().send().status()).isEqualTo(200);
        LegKey other = LegKey.random(RANDOM);
        LegClient again = new LegClient(server.uri(), run, LEG, other);
        assertThat(again.handshake(wrap(KEY.publicKey(), other.reveal()), TOKEN)
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(leg.exchange(leg.event("phase=started").bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(again.event("phase=started").send().status()).isEqualTo(200);
    }

    @Test
    void refusesAHandshakeForALegThatWasGivenItsKey() throws Exception {
        LegClient other = new LegClient(server.uri(), run, "linux-x86_64", key);
        assertThat(other.exchange(other.handshake(wrap(KEY.publicKey(), key.reveal()), TOKEN)
                        .bytes()))
                .isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(verified).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token=a\nwrapped=AAAA\n",
                "wrapped=AAAA\n",
                "wrapped=AAAA\ntoken=a",
                "wrapped=AAAA\ntoken=a\n\n",
                "wrapped=AAAA\ntoken=a\ntoken=b\n",
                "wrapped=AAAA\ntoken=\n",
                "wrapped=\ntoken=a\n",
                "wrapped=AA-A\ntoken=a\n",
                "wrapped=AAAA\r\ntoken=a\r\n",
                "wrapped=AAAA\ntoken=a b\n",
                "wrapped=AAAA\ntoken=a\u0000\n",
            })
    void refusesAnotherSyntaxBeforeTheTokenIsVerified(String body) throws Exception {
        Request handshake = handshake();
        handshake.body = body.getBytes(UTF_8);
        assertThat(leg.exchange(handshake.bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(verified).isEmpty();
    }

    @Test
    void doesNotReadABodyLongerThanAHandshake() throws Exception {
        Request handshake = handshake();
        handshake.body = new byte[HandshakeHandler.MAX_BYTES + 1];
        assertThat(leg.exchange(handshake.bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(reads).hasValue(0);
    }

    @Test
    void refusesABodyThatIsNotTheOneThatWasSigned() throws Exception {
        Request handshake = handshake();
        byte[] bytes = handshake.bytes();
        bytes[bytes.length - 2] ^= 1;
        assertThat(leg.exchange(bytes)).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        assertThat(verified).isEmpty();
    }

    @Test
    void limitsTheRate() throws Exception {
        objection = Optional.of("no");
        for (int i = 0; i < 100; i++) {
            assertThat(leg.exchange(handshake().bytes())).isEqualTo(RequestAuthenticatorTest.REFUSAL);
        }
        int burst = verified.size();
        assertThat(burst).isBetween(32, 80);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < 20; i++) {
            leg.exchange(handshake().bytes());
        }
        assertThat(verified.size() - burst).isEqualTo(8);
    }

    @Test
    void limitsConcurrencyAndServesLegsMeanwhile() throws Exception {
        try (Socket first = leg.connect()) {
            first.getOutputStream().write(handshake().bytes());
            assertThat(LegClient.receive(first).status()).isEqualTo(200);
            // A connection serves its next request when the last one is over: the handshake's slot is free again.
            first.getOutputStream().write(leg.event("phase=started").bytes());
            assertThat(LegClient.receive(first).status()).isEqualTo(200);
        }
        verified.clear();
        verifierGate = new CountDownLatch(1);
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = leg.connect();
            socket.getOutputStream().write(handshake().bytes());
            waiting.add(socket);
        }
        assertThat(leg.event("phase=started").send().status()).isEqualTo(200);
        while (answered(waiting) < 12 || verified.size() < 8) {
            Thread.sleep(1);
        }
        assertThat(answered(waiting)).isEqualTo(12);
        assertThat(verified).hasSize(8);
        verifierGate.countDown();
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws Exception {
        byte[] bytes = handshake().bytes();
        try (Socket socket = leg.connect()) {
            socket.getOutputStream().write(bytes, 0, bytes.length - 5);
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());
            while (reads.get() < 2) {
                Thread.sleep(1);
            }
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());
            assertThat(LegClient.readToEnd(socket)).isEmpty();
        }
        assertThat(verified).isEmpty();
    }

    @Test
    void refusesHandshakesWhenTheRunIsOver() throws Exception {
        server.close();
        assertThatThrownBy(() -> handshake().send()).isInstanceOf(java.io.IOException.class);
        assertThat(verified).isEmpty();
    }

    @Test
    void requiresAVerifier() {
        assertThatThrownBy(() -> UploadServer.open(
                        run,
                        List.of(LegAccount.awaitingHello(LEG, List.of())),
                        UploadStorage.open(directory, 1),
                        UploadLimits.DEFAULT,
                        events::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int answered(List<Socket> sockets) throws Exception {
        int answered = 0;
        for (Socket socket : sockets) {
            answered += socket.getInputStream().available() > 0 ? 1 : 0;
        }
        return answered;
    }

    private Request handshake() throws Exception {
        return leg.handshake(wrap(KEY.publicKey(), key.reveal()), TOKEN);
    }

    private static String wrap(PublicKey to, byte[] secret) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                to,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return new String(Base64.getEncoder().encode(cipher.doFinal(secret)), ISO_8859_1);
    }
}

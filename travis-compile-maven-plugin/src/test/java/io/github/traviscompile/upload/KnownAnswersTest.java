package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HexFormat;
import java.util.Properties;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAnswersTest {

    private static final Properties VECTORS = new Properties();

    private final LegSecrets secrets = LegSecrets.of(LegKey.ofHex(vector("key")));

    @BeforeAll
    static void load() throws IOException {
        try (var in = KnownAnswersTest.class.getResourceAsStream("tcmp1-vectors.properties");
                var reader = new InputStreamReader(in, UTF_8)) {
            VECTORS.load(reader);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "begin.empty", "chunk", "chunk.block", "chunk.largest", "commit", "event"})
    void requestMac(String name) {
        RequestTarget target = RequestTarget.parse(vector(name + ".target")).orElseThrow();
        SignedRequest request = new SignedRequest(
                target,
                vector(name + ".target"),
                vector(name + ".nonce"),
                vector(name + ".size"),
                vector(name + ".sha256"),
                Long.parseLong(vector(name + ".length")),
                vector(name + ".body.sha256"),
                vector(name + ".mac"));

        assertThat(target.method()).isEqualTo(vector(name + ".method"));
        assertThat(HexFormat.of().formatHex(secrets.requestMac(request))).isEqualTo(vector(name + ".mac"));
        assertThat(request.isGenuine(secrets)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200",
                "201",
                "201.resumed",
                "400",
                "404",
                "409.offset",
                "409.conflict",
                "410",
                "413",
                "422",
                "429",
                "503",
                "507"
            })
    void responseMac(String name) {
        String response = "response." + name;
        byte[] body = vector(response + ".body").getBytes(UTF_8);

        assertThat(secrets.responseMac(
                        Integer.parseInt(vector(response + ".status")), vector(response + ".nonce"), body))
                .isEqualTo(vector(response + ".mac"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "chunk.block"})
    void chunkIsDecrypted(String name) throws Exception {
        Cipher cipher = secrets.chunkCipher((RequestTarget.Chunk)
                RequestTarget.parse(vector(name + ".target")).orElseThrow());

        assertThat(hex(cipher.doFinal(bytes(name + ".body.hex")))).isEqualTo(vector(name + ".plain.hex"));
    }

    @Test
    void eventIsDecrypted() throws Exception {
        Cipher cipher = secrets.eventCipher(vector("event.nonce"));

        assertThat(hex(cipher.doFinal(bytes("event.body.hex")))).isEqualTo(vector("event.plain.hex"));
        assertThat(Sha256.of(bytes("event.body.hex")).hex()).isEqualTo(vector("event.body.sha256"));
    }

    private static byte[] bytes(String name) {
        return HexFormat.of().parseHex(vector(name));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String vector(String name) {
        String value = VECTORS.getProperty(name);
        assertThat(value).as(name).isNotNull();
        return value;
    }
}

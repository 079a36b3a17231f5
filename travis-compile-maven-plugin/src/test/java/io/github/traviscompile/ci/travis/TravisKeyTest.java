package io.github.traviscompile.ci.travis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encryption for Travis CI, judged by openssl. */
class TravisKeyTest {

    @TempDir
    Path directory;

    @BeforeEach
    void needsOpenssl() throws Exception {
        try {
            openssl(new byte[0], "version");
        } catch (IOException e) {
            assumeTrue("true".equals(System.getenv("CI")), "openssl is not on this machine");
            throw e;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1024, pkcs1", "1024, spki", "1024, mislabelled",
        "2048, pkcs1", "2048, spki", "2048, mislabelled",
        "4096, pkcs1", "4096, spki", "4096, mislabelled"
    })
    void opensslDecryptsWhatAnyFormOfTheKeyEncrypted(int bits, String form) throws Exception {
        generate(bits);
        TravisKey key = TravisKey.ofPem(publicKey(form));
        String value = LegKey.random(new SecureRandom()).revealHex();

        assertThat(decrypt(key.encrypt("TCMP_KEY", value))).isEqualTo("TCMP_KEY=" + value);
        assertThat(key.encrypt("TCMP_KEY", value))
                .as("padding is random")
                .isNotEqualTo(key.encrypt("TCMP_KEY", value))
                .matches("[A-Za-z0-9+/]+=*");
    }

    @ParameterizedTest
    @CsvSource({"1024, 117", "2048, 245", "4096, 501"})
    void holdsAsMuchAsTheModulusAllowsAndNoMore(int bits, int capacity) throws Exception {
        generate(bits);
        TravisKey key = TravisKey.ofPem(publicKey("spki"));
        String longest = "h".repeat(capacity - "A=".length());

        assertThat(key.capacity()).isEqualTo(capacity);
        assertThat(decrypt(key.encrypt("A", longest))).isEqualTo("A=" + longest);
        assertThatThrownBy(() -> key.encrypt("A", longest + "h"))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining(capacity + 1 + " bytes")
                .hasMessageContaining("at most " + capacity)
                .hasMessageNotContaining("hhh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "$(id)", "a'b", "a\"b", "a\nb", "", "é", "`id`", "a&b", "*"})
    void refusesValuesThatAShellWouldRead(String value) throws Exception {
        generate(1024);
        TravisKey key = TravisKey.ofPem(publicKey("spki"));
        assertThatThrownBy(() -> key.encrypt("TCMP_URL", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nMIGfMA0GCSqGSIb3DQEBAQUAA4GN\n-----END PUBLIC KEY-----\n",
                "<html>not here</html>"
            })
    void saysSoWhenTheKeyIsNone(String pem) {
        assertThatThrownBy(() -> TravisKey.ofPem(pem))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("public key that Travis CI gave");
    }

    @Test
    void refusesKeysTooShortToProtectAnything() throws Exception {
        generate(512);
        assertThatThrownBy(() -> TravisKey.ofPem(publicKey("spki")))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("at least 1024 bits");
    }

    private void generate(int bits) throws Exception {
        openssl(new byte[0], "genrsa", "-traditional", "-out", "key.pem", String.valueOf(bits));
    }

    private String publicKey(String form) throws Exception {
        String option = form.equals("pkcs1") ? "-RSAPublicKey_out" : "-pubout";
        String pem = new String(openssl(new byte[0], "rsa", "-in", "key.pem", option), StandardCharsets.US_ASCII);
        return form.equals("mislabelled") ? pem.replace("PUBLIC KEY", "RSA PUBLIC KEY") : pem;
    }

    private String decrypt(String secure) throws Exception {
        byte[] plain = openssl(
                Base64.getDecoder().decode(secure),
                "pkeyutl",
                "-decrypt",
                "-inkey",
                "key.pem",
                "-pkeyopt",
                "rsa_padding_mode:pkcs1");
        return new String(plain, StandardCharsets.US_ASCII);
    }

    private byte[] openssl(byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path in = Files.write(directory.resolve("in"), input);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(() -> command + ": " + directory.resolve("errors"))
                .isZero();
        return output;
    }
}

package io.github.traviscompile.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {

    private static final String RANDOM = "Zk3Jx9QmL0vBt7WnRc5YpHa2GdFs8EuXi4Ko6TqPzMwNbVyCrUjSlDhAfOgIeK1";
    private static final String BASE64 = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg" + RANDOM.substring(0, 16);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "a/.env",
                ".env.local",
                ".env.production",
                ".npmrc",
                ".pypirc",
                ".netrc",
                "_netrc",
                ".git-credentials",
                ".cargo/credentials",
                "x/.cargo/credentials.toml",
                ".docker/config.json",
                "settings-security.xml",
                "TOKEN",
                "id_rsa",
                "id_ed25519",
                "keys/id_ecdsa_sk",
                "ID_RSA",
                "x.ppk",
                "a.jks",
                "a.P12",
                "a.pfx",
                "debug.keystore",
                "x.tfstate",
                "x.tfstate.backup"
            })
    void findsSecretsByName(String path) {
        assertThat(scan(path, "harmless")).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.line()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env.example",
                ".env.sample",
                ".env.template",
                "env",
                "src/.envrc.rs",
                "id_rsa.pub",
                "id_map.rs",
                "src/id_map/mod.rs",
                "token",
                "src/token",
                "Token.rs",
                "settings.xml",
                ".cargo/config.toml",
                "src/credentials.rs",
                "a.p12.md",
                "netrc.rs",
                "x.key",
                "valid_id_rsa"
            })
    void ignoresHarmlessNames(String path) {
        assertThat(scan(path, "harmless")).isEmpty();
    }

    @Test
    void findsSecretsByContentAndLine() {
        List<String> tokens = List.of(
                "ghp_" + RANDOM.substring(0, 36),
                "gho_" + RANDOM.substring(0, 36),
                "ghs_" + RANDOM.substring(0, 36),
                "github_pat_11ABCDEFG0" + RANDOM,
                "AKIA" + "Z7QX4LMN2PRS5TUV",
                "ASIA" + "Z7QX4LMN2PRS5TUV",
                "npm_" + RANDOM.substring(0, 36),
                "pypi-AgEI" + RANDOM,
                "glpat-" + RANDOM.substring(0, 20),
                "xoxb-123456789012-" + RANDOM.substring(0, 24),
                "AIza" + RANDOM.substring(0, 35),
                "sk_live_" + RANDOM.substring(0, 24),
                "cio" + RANDOM.substring(0, 32));
        for (String token : tokens) {
            for (String around : List.of("%s", "key = \"%s\"", "\0\0\1%s\0", "https://u:%s@h/", "export T=%s;")) {
                String content = "first\nsecond\r\n" + String.format(around, token) + "\nlast\n";
                assertThat(scan("src/x.rs", content)).as(token).singleElement().satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(3);
                    assertThat(finding.toString()).startsWith("src/x.rs:3 (").doesNotContain(token);
                });
            }
        }
    }

    @Test
    void findsArmouredPrivateKeys() {
        for (String label : List.of("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", "DSA ")) {
            String head = "-----BEGIN " + label + "PRIVATE KEY-----";
            assertThat(scan("a.txt", "x\n" + head + "\n" + BASE64 + "\n"))
                    .extracting(SecretFinding::line)
                    .containsExactly(2);
            assertThat(scan("a.rs", "let k = \"" + head + "\\n" + BASE64 + "\\n\";"))
                    .hasSize(1);
            assertThat(scan("a.rs", "    \"" + head + "\\n\\\n    " + BASE64)).hasSize(1);
            assertThat(scan("a.pem", head + "\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES\r\n\r\n" + BASE64))
                    .hasSize(1);
        }
        assertThat(scan("a.asc", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n" + BASE64))
                .hasSize(1);
    }

    @Test
    void ignoresLookalikes() {
        for (String content : List.of(
                "const HEAD: &str = \"-----BEGIN PRIVATE KEY-----\";\nconst TAIL: &str = \"-----END PRIVATE KEY-----\";",
                "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\n" + BASE64,
                "-----BEGIN CERTIFICATE-----\n" + BASE64,
                "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "ghp_short",
                "AKIAIOSFODNN7EXAMPLE",
                "XAKIAZ7QX4LMN2PRS5TUV",
                "npm_package_json and npm_config_registry",
                "sk_live_...",
                "xoxb-your-token",
                "precious" + RANDOM)) {
            assertThat(scan("src/x.rs", content)).as(content).isEmpty();
        }
    }

    @Test
    void distinguishesPrivateFromPublicKeysInPemAndDer() {
        assertThat(scan("a.pem", "-----BEGIN CERTIFICATE-----\n" + BASE64)).isEmpty();
        assertThat(scan("a.pem", "")).hasSize(1);
        assertThat(scan("a.pem", "whatever")).hasSize(1);
        assertThat(scan("a.key", "0\u0082\u0004\u00bd\2\1\0000")).hasSize(1);
        assertThat(scan("a.der", "0w\2\1\1\4")).hasSize(1);
        assertThat(scan("a.der", "0\u0082\3\0000\u0082")).isEmpty();
    }

    @Test
    void findsAPasswordInMavenSettings() {
        assertThat(scan("settings.xml", "<settings>\n<server><password>x</password>"))
                .extracting(SecretFinding::line)
                .containsExactly(2);
        assertThat(scan("ci/settings.xml", "<server><password> ${env.PW} </password>"))
                .isEmpty();
    }

    @Test
    void reportsEachKindOncePerFileAndSkipsAllowedFiles() {
        String token = "ghp_" + RANDOM.substring(0, 36);
        assertThat(scan("a", token + "\n" + token + "\nAKIA" + "Z7QX4LMN2PRS5TUV"))
                .hasSize(2);
        SecretScan scan = new SecretScan(Set.of("dir/.env"));
        assertThat(scan.begin("dir/.env")).isEmpty();
        assertThat(scan.begin(".env")).isEmpty();
        assertThat(scan.findings()).extracting(SecretFinding::path).containsExactly(".env");
    }

    @Test
    void findsTheSameInPiecesOfAnySize() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int lines = random.nextInt(200); lines > 0; lines--) {
                text.append("x".repeat(random.nextInt(60))).append('\n');
            }
            text.insert(random.nextInt(text.length() + 1), "\nghp_" + RANDOM.substring(0, 36) + "\n");
            byte[] content = text.toString().getBytes(ISO_8859_1);
            SecretScan scan = new SecretScan(Set.of());
            SecretScan.Pass pass = scan.begin("f").orElseThrow();
            int at = 0;
            for (int end = 0; end < content.length; ) {
                end = Math.min(content.length, end + 1 + random.nextInt(3000));
                byte[] piece = Arrays.copyOfRange(content, at, end);
                at += pass.feed(piece, piece.length, end == content.length);
            }
            assertThat(scan.findings())
                    .as("round %d", round)
                    .isEqualTo(scan("f", text.toString()))
                    .hasSize(1);
        }
    }

    private static List<SecretFinding> scan(String path, String content) {
        SecretScan scan = new SecretScan(Set.of());
        Optional<SecretScan.Pass> pass = scan.begin(path);
        byte[] bytes = content.getBytes(ISO_8859_1);
        pass.ifPresent(p -> p.feed(bytes, bytes.length, true));
        return scan.findings();
    }
}

package io.github.traviscompile.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script by itself: its protocol functions against the known answers, and what it must not use. */
class LegScriptTest {

    private static final Map<String, String> VECTORS = new TreeMap<>();

    @TempDir
    Path directory;

    @BeforeAll
    static void readVectors() throws IOException {
        try (InputStream in =
                LegScriptTest.class.getResourceAsStream("/io/github/traviscompile/upload/tcmp1-vectors.properties")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.matches("[a-z].*")).forEach(line -> {
                int equals = line.indexOf('=');
                VECTORS.put(line.substring(0, equals), line.substring(equals + 1));
            });
        }
    }

    @Test
    void derivesTheKeysOfTheKnownAnswers() throws Exception {
        // A derived key shows in its pads: the first byte of each is its own XOR 0x36 and 0x5c.
        String script = "derive_keys " + VECTORS.get("key") + "; for k in c2s s2c enc; do v=${k}_inner;"
                + " printf \"${!v}\" | head -c 32 | od -An -v -tx1 | tr -d ' \\n'; echo; done";
        List<String> pads = run(script).lines().toList();
        assertThat(pads.stream().map(pad -> xor(pad, 0x36)))
                .containsExactly(VECTORS.get("kq"), VECTORS.get("ks"), VECTORS.get("ke"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "begin.empty", "chunk", "chunk.block", "chunk.largest", "commit", "event"})
    void signsRequestsAsKnown(String name) throws Exception {
        String arguments = String.join(
                " ",
                quoted(name + ".method"),
                quoted(name + ".target"),
                quoted(name + ".nonce"),
                quoted(name + ".size"),
                quoted(name + ".sha256"),
                quoted(name + ".length"),
                quoted(name + ".body.sha256"));
        assertThat(runWithKeys("request_mac mac " + arguments + "; printf %s \"$mac\""))
                .isEqualTo(VECTORS.get(name + ".mac"));
    }

    @Test
    void checksResponsesAsKnown() throws Exception {
        List<String> names = VECTORS.keySet().stream()
                .filter(key -> key.matches("response\\..*\\.mac"))
                .map(key -> key.substring(0, key.length() - ".mac".length()))
                .toList();
        StringBuilder script = new StringBuilder();
        for (String name : names) {
            script.append("printf %s ")
                    .append(quoted(name + ".body"))
                    .append(" >b; sha256_of d b; response_mac mac ")
                    .append(quoted(name + ".status"))
                    .append(' ')
                    .append(quoted(name + ".nonce"))
                    .append(" \"$d\"; echo \"$mac\"\n");
        }
        assertThat(names).hasSizeGreaterThan(10);
        assertThat(runWithKeys(script.toString()).lines())
                .containsExactlyElementsOf(
                        names.stream().map(name -> VECTORS.get(name + ".mac")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk", "chunk.block", "event"})
    void encryptsAsKnown(String name) throws Exception {
        Files.write(directory.resolve("plain"), HexFormat.of().parseHex(VECTORS.get(name + ".plain.hex")));
        String pass = name.equals("event")
                ? "event_pass pass " + quoted("event.nonce")
                : "chunk_pass pass " + quoted("output") + " " + quoted("upload") + " " + quoted(name + ".offset");
        assertThat(runWithKeys(pass + "; encrypt \"$pass\" plain cipher; printf %s \"$pass\""))
                .isEqualTo(VECTORS.get(name + ".pass"));
        assertThat(Files.readAllBytes(directory.resolve("cipher")))
                .asHexString()
                .isEqualToIgnoringCase(VECTORS.get(name + ".body.hex"));
    }

    @Test
    void encryptsTheLargestChunkAsKnown() throws Exception {
        String script = "head -c 8388608 /dev/zero >plain; chunk_pass pass " + quoted("output") + " " + quoted("upload")
                + " " + quoted("chunk.largest.offset")
                + "; encrypt \"$pass\" plain cipher; sha256_of d cipher; echo $d";
        assertThat(runWithKeys(script).strip()).isEqualTo(VECTORS.get("chunk.largest.body.sha256"));
    }

    @Test
    void neverUsesANonceTwice() throws Exception {
        List<String> nonces = run("nonces=''; for ((i = 0; i < 100; i++)); do fresh_nonce; echo $nonce; done")
                .lines()
                .toList();
        assertThat(nonces).hasSize(100).doesNotHaveDuplicates().allMatch(nonce -> nonce.matches("[0-9a-f]{32}"));
    }

    @Test
    void skipsTheSmokeTestWhereTheMachineCannotRunWhatItMade() throws Exception {
        String script = "smoke_test='echo run' target=sparc64-unknown-linux-gnu service=local toolchain='' directory=''"
                + " root=$PWD workspace=$PWD/source target_dir=. log=log variables=(); mkdir source;"
                + " printf '#!/bin/sh\\necho host: x86_64-unknown-linux-gnu\\n' >source/rustc; chmod +x source/rustc;"
                + " environment='export RUSTC=./rustc'; : >begin.txt; try_outputs; cat begin.txt";
        assertThat(run(script).strip())
                .isEqualTo("smoke_test=a machine of x86_64-unknown-linux-gnu does not run what is made for"
                        + " sparc64-unknown-linux-gnu");
    }

    @Test
    void tellsOneLineOfPrintableCharacters() throws Exception {
        assertThat(run(": >begin.txt; tell a $'x\\ty\\e[31m\\nz'; tell b ''; cat begin.txt"))
                .isEqualTo("a=xy[31m\n");
    }

    @Test
    void wrapsItsKeyAsJavaUnwrapsIt() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        String wrapped = run(
                "public_key=" + publicKey + "; wrap_key wrapped " + VECTORS.get("key") + "; printf %s \"$wrapped\"");
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                pair.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        assertThat(cipher.doFinal(Base64.getDecoder().decode(wrapped)))
                .asHexString()
                .isEqualToIgnoringCase(VECTORS.get("key"));
        assertThat(run("public_key=AAAA; wrap_key wrapped " + VECTORS.get("key") + " || printf no"))
                .isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "`` # holds no public key",
                "`url=https://example.org\n` # holds no public key",
                "`url=https://example.org\npublic_key=A;B\n` # holds no public key",
                "`url=https://example.org\nother=x\n` # has a line that this script does not know: 'other=x'",
                "`url=https://example.org\npublic_key=AAAA\n` # the service gives this job no token"
            })
    void refusesAHelloThatItCannotSay(String content, String words) throws Exception {
        Files.writeString(directory.resolve("x.hello"), content.replace("\\n", "\n"));
        assertThat(run("identity_url='' identity_token='' public_key='' leg=x; (read_hello_file x.hello); echo $?"))
                .contains(words)
                .endsWith("\n64\n");
    }

    @Test
    void leavesItsOutputsInTheFolderWithoutAnEndpoint() throws Exception {
        Files.createDirectory(directory.resolve(".travis-compile"));
        Files.writeString(directory.resolve(".travis-compile/x.artifacts"), "folder=outputs\r\n");
        Files.writeString(directory.resolve("greet"), "a program");
        assertThat(run("leg=x run=r root=$PWD; keepalive=60 deadline=9 backoff=5 key=abc url=http://x;"
                        + " check_environment; printf 'tree=1\n' >begin.txt; echo \"${key:-no key}\";"
                        + " deliver greet greet; deliver _details begin.txt; cd outputs; ls; send_event && echo told"))
                .isEqualTo("""
                        no key
                        tcmp1 run=r leg=x output=greet sha256=%s size=9
                        tcmp1 run=r leg=x output=_details sha256=%s size=7
                        _details
                        greet
                        told
                        """.formatted(
                                Sha256.of("a program".getBytes(StandardCharsets.UTF_8)),
                                Sha256.of("tree=1\n".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "folder=\n", "folder=../x\n", "folder=a b\n", "other=outputs\n", "outputs\n"})
    void refusesAFolderThatItIsNotToldPlainly(String content) throws Exception {
        Files.writeString(directory.resolve("x.artifacts"), content);
        assertThat(run("leg=x root=$PWD; (read_artifacts_file x.artifacts); echo $?"))
                .isEqualTo("travis-compile x: the file x.artifacts names no folder.\n64\n");
    }

    @Test
    void printsItsFirstErrorWhereNobodyListens() throws Exception {
        Files.writeString(
                directory.resolve("log"), "warning: w\n\nerror[E0425]: no `oops`\n --> src/main.rs:2\n\nerror: more\n");
        assertThat(run("leg=x log=log watcher='' built=101 deadline=1; outbox=$PWD/outputs;"
                        + " (fail 70 'cargo ended with status 101.'); echo $?"))
                .isEqualTo("""
                        tcmp1 error_lines=3
                        error[E0425]: no `oops`
                         --> src/main.rs:2

                        travis-compile x: cargo ended with status 101.
                        70
                        """);
    }

    @Test
    void refusesAnAddressForTokensThatWouldSayMoreToCurl() throws Exception {
        Files.writeString(directory.resolve("x.hello"), "url=https://example.org\npublic_key=AAAA\n");
        for (String address : List.of("https://x\"", "https://x y", "https://x\\", "https://x\noutput = \"/y\"")) {
            Files.writeString(directory.resolve("address"), address);
            assertThat(run("identity_url=$(cat address) identity_token=t public_key='' leg=x;"
                            + " (read_hello_file x.hello); echo $?"))
                    .contains("where the service gives this job its token is not understood")
                    .endsWith("\n64\n");
        }
    }

    @Test
    void readsTheLastHeadWhateverItsCaseAndReason() throws Exception {
        Files.writeString(
                directory.resolve("head.txt"),
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 503\r\ntcmp-MAC: abc\r\nRETRY-after:  7\r\n\r\n");
        assertThat(run("read_head; echo \"$status/$answer_mac/$retry_after\"").strip())
                .isEqualTo("503/abc/7");
        Files.writeString(directory.resolve("head.txt"), "HTTP/1.1 200 OK\r\nTcmp-Mac: a\r\nTcmp-Mac: a\r\n\r\n");
        assertThat(run("read_head; echo \"$status/$answer_mac/$retry_after\"").strip())
                .isEqualTo("200//");
    }

    /** macOS has bash 3.2 for good; each row is what came later, with an example that must be found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "(declare|local|typeset) -[a-z]*[Angu] # local -A map",
                "\\b(mapfile|readarray|coproc)\\b # mapfile -t lines",
                "\\$\\{[a-zA-Z_]+(\\^|,) # ${word,,}",
                "\\$\\{[a-zA-Z_]+(\\[[@*]\\])?@[A-Za-z]\\} # ${word@Q}",
                "&>>|\\|&|;;?&\\s*$ # make &>>log",
                "\\*\\*/|globstar|lastpipe|inherit_errexit # shopt -s globstar",
                "\\[\\[? -[vR]\\s # [ -v name ]",
                "\\$\\{[a-z_]+:[^}]*: *-[0-9] # ${word:0:-1}",
                "\\[-1\\] # ${list[-1]}",
                "%\\([^)]*\\)T # printf '%(%s)T'",
                "\\bwait -[a-z] # wait -n",
                "\\bread [^|;]*-[Ni]\\b|read -t 0?\\. # read -N 1 c",
                "EPOCHSECONDS|EPOCHREALTIME|SRANDOM|BASHPID|BASH_ARGV0 # $BASHPID",
                "\\{[a-z_]+\\}[<>] # exec {fd}<file",
                "\\$'[^']*\\\\[uU] # $'\\u00e9'",
                "\\{[0-9]+\\.\\.[0-9]+\\.\\. # {1..9..2}",
                "stat -c|readlink -f|sed -i|date -d|grep -P|base64 -w|head -c -|xargs -r|tac\\b # stat -c %s"
            })
    void usesNothingNewerThanBash32NorGnuOnly(String construct, String example) throws IOException {
        Pattern pattern = Pattern.compile(construct);
        assertThat(example).containsPattern(pattern);
        assertThat(script().lines()
                        .filter(line -> !line.strip().startsWith("#"))
                        .filter(line -> pattern.matcher(line).find()))
                .isEmpty();
    }

    @Test
    void passesShellcheck() throws Exception {
        Path script = directory.resolve("leg.sh");
        Files.writeString(script, script());
        Process process;
        try {
            process = new ProcessBuilder("shellcheck", "leg.sh")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue("true".equals(System.getenv("CI")), "shellcheck is not on this machine");
            throw e;
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    /** Those that can be empty; {@code "${a[@]}"} of an empty array is an error under {@code set -u} before 4.4. */
    @Test
    void guardsArraysThatCanBeEmpty() throws IOException {
        assertThat(script().lines().filter(line -> line.contains("${variables[@]}")))
                .isNotEmpty()
                .allMatch(line -> line.contains("${variables[@]+\"${variables[@]}\"}"));
    }

    @Test
    void doesNotPassSecretsAsArguments() throws IOException {
        assertThat(script()).doesNotContain("-hmac", "-macopt", "-pass pass:", "-pass env:", "-k ");
        assertThat(script().lines().filter(line -> line.contains("curl -q")))
                .filteredOn(line -> !line.contains("| curl -q -K - --http1.1 2>/dev/null &"))
                .as("fetches what everybody may")
                .singleElement(STRING)
                .contains("curl -q --fail")
                .doesNotContain("header", "-H ");
    }

    private String runWithKeys(String commands) throws Exception {
        return run("derive_keys " + VECTORS.get("key") + "\n" + commands);
    }

    /** Runs commands with the script's functions, in {@link #directory}. */
    private String run(String commands) throws Exception {
        Path script = directory.resolve("leg.sh");
        Files.writeString(script, script());
        Path test = directory.resolve("test.sh");
        Files.writeString(test, ". ./leg.sh\n" + commands);
        String bash = System.getProperty("travis-compile.test.bash", "bash");
        Process process = new ProcessBuilder(bash, "test.sh")
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("errors")).isEmptyFile();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    static String script() throws IOException {
        try (InputStream in = LegFiles.class.getResourceAsStream("leg.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String quoted(String name) {
        return "'" + Objects.requireNonNull(VECTORS.get(name), name) + "'";
    }

    private static String xor(String hex, int mask) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) mask;
        }
        return HexFormat.of().formatHex(bytes);
    }
}

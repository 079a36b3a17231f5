package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256SumsTest {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path temp;

    @Test
    void oneLineForEachFileInTheOrderOfTheNames() throws Exception {
        Sha256Sums.write(temp.resolve("SHA256SUMS"), digests("b.tar.gz", "a.tar.gz"));
        assertThat(temp.resolve("SHA256SUMS")).hasContent(EMPTY + "  a.tar.gz\n" + EMPTY + "  b.tar.gz\n");
    }

    @Test
    void coreutilsAcceptsTheListAndFindsAnAlteredFile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sha256sum")), "needs sha256sum");
        String[] names = {"plain.tar.gz", "with space 'n quote.tar.gz", "grüße-日本.tar.gz"};
        Sha256Sums.write(temp.resolve("SHA256SUMS"), digests(names));
        assertThat(check()).isZero();

        Files.writeString(temp.resolve(names[1]), "altered");
        assertThat(check()).isEqualTo(1);
    }

    @Test
    void aNameThatWouldBreakTheLineIsRefused() {
        SortedMap<String, Sha256> digests = new TreeMap<>();
        digests.put("a\nb", new Sha256(EMPTY));
        assertThatThrownBy(() -> Sha256Sums.write(temp.resolve("SHA256SUMS"), digests))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsAnUnwritableTarget() throws Exception {
        Files.writeString(temp.resolve("target"), "not a folder");
        assertThatThrownBy(() -> Sha256Sums.write(temp.resolve("target/SHA256SUMS"), new TreeMap<>()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("SHA256SUMS", "<outputDirectory> (-Dtravis-compile.outputDirectory)");
    }

    private SortedMap<String, Sha256> digests(String... names) throws IOException {
        SortedMap<String, Sha256> digests = new TreeMap<>();
        for (String name : names) {
            digests.put(name, Sha256.of(Files.write(temp.resolve(name), new byte[0])));
        }
        return digests;
    }

    private int check() throws Exception {
        Process process = new ProcessBuilder("/usr/bin/sha256sum", "--check", "--strict", "SHA256SUMS")
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).doesNotContain("improperly formatted");
        return process.waitFor();
    }
}

package io.github.traviscompile.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.ActionNeededException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

class TomlDocumentTest {

    private static final Path FILE = Path.of("Cargo.toml");

    @TempDir
    Path directory;

    @Test
    void bothLibrariesAgreeOnEveryValueOfManyManifests() throws Exception {
        int suppliedByToml4j = 0;
        List<String> manifests = manifests();
        for (String text : manifests) {
            Optional<Map<String, Object>> values = TomlDocument.toml4j(text);
            if (values.isPresent()) {
                assertThat(values.get()).as(text).isEqualTo(TomlDocument.plain(Toml.parse(text)));
                suppliedByToml4j++;
            }
        }
        assertThat(suppliedByToml4j)
                .as("manifests that toml4j supplies, of %d", manifests.size())
                .isBetween(30, manifests.size() - 30);
    }

    private List<String> manifests() throws IOException {
        for (String shape : Fixtures.names()) {
            Fixtures.copy(shape, directory);
        }
        for (int seed = 0; seed < 50; seed++) {
            new RandomProject(seed).write(directory.resolve("seed-" + seed));
        }
        List<String> texts = new ArrayList<>();
        for (Path manifest : Fixtures.manifestsBelow(directory)) {
            texts.add(Files.readString(manifest));
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version.workspace = true",
                "[target.'cfg(target_os = \"macos\")'.dependencies]",
                "[target.'cfg(unix)'.dependencies]\na = '1'",
                "\"a b\" = 1",
                "'a' = 1",
                "a = { b.c = 1 }",
                "a = [\"b\", { c = 1 }]",
                "a = 0x1F",
                "a = inf",
                "a = 07:32:00",
                "a = \"\\U0001F600\"",
            })
    void doesNotTrustToml4jWithWhatItRefusesOrReadsWrong(String text) throws Exception {
        assertThat(TomlDocument.toml4j(text)).isEmpty();
        assertThat(TomlDocument.parse(text, FILE)).isEqualTo(TomlDocument.plain(Toml.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = { b = 1,\n  c = [2, 3], # why\n}",
                "a = \"\\e[1m\"",
                "a = \"\\x41\"",
                "a = 07:32",
                "a = 1979-05-27 07:32Z",
                "\uFEFFa = 1",
                "a = '''x''''",
                "a = 1\r\nb = 2\r\n",
                "[[a.b]]\n[a.b.c]\nd = {}\n[[a.b]]",
            })
    void readsWhatToml11Allows(String text) throws ActionNeededException {
        assertThat(TomlDocument.parse(text, FILE)).containsKey("a");
    }

    @Test
    void unescapesAsToml11Says() throws Exception {
        assertThat(TomlDocument.parse("a = \"\\x41\\e\\u00e9\\U0001F600\"", FILE))
                .containsEntry("a", "A\u001b\u00e9\uD83D\uDE00");
    }
}

package io.github.traviscompile.ci.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.ci.actions.RunArtifacts.Taken;
import io.github.traviscompile.ci.actions.RunArtifacts.Wanted;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.standin.ArtifactStandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactZipTest {

    @TempDir
    Path directory;

    @Test
    void takesWhatIsWantedToWhereItIsWanted() throws Exception {
        zip("greet", "_details");
        Map<String, Taken> taken = take(100);
        assertThat(directory.resolve("program")).hasContent("content of greet");
        assertThat(directory.resolve("details")).hasContent("content of _details");
        byte[] content = "content of greet".getBytes(StandardCharsets.UTF_8);
        assertThat(taken.get("greet")).isEqualTo(new Taken(content.length, Sha256.of(content)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"more", "../greet", "/greet", "x/", "_details/", "GREET", "..\\greet", "", "a\u0007"})
    void refusesWhatTheLegDoesNotOwe(String name) throws Exception {
        zip("greet", "_details", name);
        refused(100, "holds what the leg does not owe, or twice: '" + name.replace('\u0007', '?') + "'");
        assertThat(directory.resolve("program")).doesNotExist();
    }

    @Test
    void refusesWhatIsThereTwice() throws Exception {
        zip("greet", "_details", "greeT");
        // In both of its headers.
        byte[] bytes = Files.readAllBytes(archive());
        byte[] twice = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("greeT", "greet")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(archive(), twice);
        refused(100, "holds what the leg does not owe, or twice: 'greet'");
    }

    @Test
    void refusesWhereSomethingIsMissing() throws Exception {
        zip("greet");
        refused(100, "lacks _details");
        zip();
        refused(100, "lacks ");
    }

    @Test
    void endsAtTheMostThatAFileMayHave() throws Exception {
        zip("greet", "_details");
        assertThat(take(19)).hasSize(2);
        refused(18, "holds a '_details' of more than the 18 bytes that are taken");
        // A megabyte in a thousand bytes.
        zip(Map.of("greet", new byte[1 << 20], "_details", new byte[1]));
        assertThat(Files.size(archive())).isLessThan(4096);
        refused(100, "holds a 'greet' of more than the 100 bytes that are taken");
    }

    @Test
    void refusesWhatIsNoArchive() throws Exception {
        for (String content : new String[] {"", "PK", "no archive at all"}) {
            Files.writeString(archive(), content);
            refused(100, "is no zip archive");
        }
    }

    /** Whatever byte is changed or cut off: it is refused, or the digests are those of what lies on the disk. */
    @Test
    void survivesWhatIsBroken() throws Exception {
        zip("greet", "_details");
        byte[] whole = Files.readAllBytes(archive());
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x41;
            requireDigestsOrRefusal(changed);
            requireDigestsOrRefusal(Arrays.copyOf(whole, at));
        }
    }

    private void requireDigestsOrRefusal(byte[] bytes) throws IOException {
        Files.write(archive(), bytes);
        try {
            Map<String, Taken> taken = take(100);
            assertThat(taken.values())
                    .extracting(Taken::sha256)
                    .containsExactly(Sha256.of(directory.resolve("details")), Sha256.of(directory.resolve("program")));
        } catch (WorkFailedException e) {
            assertThat(e).hasMessageStartingWith("linux-x86_64 could not deliver: the artifact");
        }
    }

    private Path archive() {
        return directory.resolve("archive.zip");
    }

    private Map<String, Taken> take(long maxBytes) throws IOException, WorkFailedException {
        return new ArtifactZip(archive(), Legs.ACTIONS.leg(Platform.LINUX_X86_64))
                .take(Map.of(
                        "greet", new Wanted(directory.resolve("program"), maxBytes),
                        "_details", new Wanted(directory.resolve("details"), maxBytes)));
    }

    private void refused(long maxBytes, String words) {
        assertThatThrownBy(() -> take(maxBytes))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("linux-x86_64 could not deliver: the artifact that it left at GitHub " + words)
                .hasMessageEndingWith(RunArtifactsTest.REMEDY);
    }

    private void zip(String... names) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : names) {
            String content = name.endsWith("/") ? "" : "content of " + name;
            contents.put(name, content.getBytes(StandardCharsets.UTF_8));
        }
        zip(contents);
    }

    private void zip(Map<String, byte[]> contents) throws IOException {
        Files.write(archive(), ArtifactStandIn.zip(contents));
    }
}

package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFileTest {

    @TempDir
    Path temp;

    @Test
    void theCopyIsTheSameAndExecutableIfNeeded() throws Exception {
        Path content = Files.writeString(temp.resolve("content"), "#!/bin/sh\n");
        SampleFiles.restrict(content);
        Path target = temp.resolve("out/rand-1.0-linux-x86_64-rand.exe");

        Sha256 digest = RawFile.write(target, file(content, true, Sha256.of(content)));

        assertThat(target).hasSameBinaryContentAs(content).isExecutable();
        assertThat(digest).isEqualTo(Sha256.of(content));

        Path library = temp.resolve("out/rand-1.0-linux-x86_64-rand.a");
        RawFile.write(library, file(content, false, Sha256.of(content)));
        assertThat(Files.isExecutable(library)).isFalse();
    }

    @Test
    void theSameBytesAreNotWrittenAgain() throws Exception {
        Path content = Files.writeString(temp.resolve("content"), "same");
        Path target = temp.resolve("target");
        FileTime past = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
        RawFile.write(target, file(content, true, Sha256.of(content)));
        Files.setLastModifiedTime(target, past);

        RawFile.write(target, file(content, true, Sha256.of(content)));

        assertThat(Files.getLastModifiedTime(target)).isEqualTo(past);
    }

    @Test
    void aFileOfAnotherDigestIsRefusedAndTheOldCopyStays() throws Exception {
        Path content = Files.writeString(temp.resolve("content"), "delivered");
        Sha256 delivered = Sha256.of(content);
        Path target = temp.resolve("target");
        RawFile.write(target, file(content, true, delivered));
        Files.writeString(content, "altered!!");

        assertThatThrownBy(() -> RawFile.write(target, file(content, true, delivered)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll(
                        content.toString(), delivered.hex(), Sha256.of(content).hex());
        assertThat(target).hasContent("delivered");
        assertThat(temp.toFile().list()).containsExactlyInAnyOrder("content", "target");
    }

    @Test
    void reportsAnUnwritableTarget() throws Exception {
        Path content = Files.writeString(temp.resolve("content"), "not a folder");
        assertThatThrownBy(() -> RawFile.write(content.resolve("a.exe"), file(content, true, Sha256.of(content))))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("The file '", "a.exe", "<outputDirectory> (-Dtravis-compile.outputDirectory)");
    }

    private static ArchiveFile file(Path content, boolean executable, Sha256 expected) {
        return new ArchiveFile("name", content, executable, Optional.of(expected));
    }
}

package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.Version;
import io.github.traviscompile.run.api.ArtifactName;
import io.github.traviscompile.run.api.Delivered;
import io.github.traviscompile.run.api.DeliveredFile;
import io.github.traviscompile.run.api.DeliveredPlatform;
import io.github.traviscompile.run.api.Inspection;
import io.github.traviscompile.verify.gate.OldestSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTableTest {

    @Test
    void theTableHasALineForEachPlatformAndAlignsItsColumns() {
        List<String> table = DeliveryTable.of(new Delivered(
                List.of(
                        delivered(Platform.LINUX_X86_64, 1023, Duration.ofMillis(1234), false, Optional.of("2.17")),
                        delivered(Platform.WINDOWS_AARCH_64, 5 << 20, Duration.ofSeconds(61), true, Optional.empty())),
                Optional.empty()));
        assertThat(table)
                .containsExactly(
                        "platform          files  size     sha256        runs from   compiled",
                        "linux-x86_64      greet  1023 B   e3b0c44298fc  glibc 2.17  1.2 s     built",
                        "windows-aarch_64  greet  5.0 MiB  e3b0c44298fc              1:01      reused");
    }

    @Test
    void eachRawFileAndTheJarOfAllHaveALine() {
        DeliveredPlatform raw = new DeliveredPlatform(
                Platform.LINUX_X86_64,
                List.of(file("linux-x86_64-greet", 1), file("linux-x86_64-part", 2)),
                List.of(file("linux-x86_64", 3)),
                Duration.ZERO,
                false,
                new Inspection(Optional.empty(), List.of()));
        assertThat(DeliveryTable.of(new Delivered(List.of(raw), Optional.of(file("all", 4)))))
                .containsExactly(
                        "platform      files  size  sha256        runs from  compiled",
                        "linux-x86_64  greet  1 B   e3b0c44298fc             0.0 s     built",
                        "linux-x86_64  greet  2 B   e3b0c44298fc             0.0 s     built",
                        "all                  4 B   e3b0c44298fc");
    }

    private static DeliveredPlatform delivered(
            Platform platform, long size, Duration compileTime, boolean reused, Optional<String> glibc) {
        return new DeliveredPlatform(
                platform,
                List.of(file(platform.id(), size)),
                List.of(),
                compileTime,
                reused,
                new Inspection(
                        glibc.flatMap(Version::parse).map(version -> new OldestSystem("glibc", version)), List.of()));
    }

    private static DeliveredFile file(String classifier, long size) {
        return new DeliveredFile(
                new ArtifactName(classifier, "jar"), Path.of("a.jar"), List.of("greet"), size, Sha256.of(new byte[0]));
    }
}

package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.build.ArtifactName;
import io.github.traviscompile.build.Delivered;
import io.github.traviscompile.build.DeliveredFile;
import io.github.traviscompile.build.DeliveredPlatform;
import io.github.traviscompile.platform.CargoBuild;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Output;
import io.github.traviscompile.platform.OutputKind;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import io.github.traviscompile.platform.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ConsoleListener listener = new ConsoleListener(
            new SystemStreamLog() {
                @Override
                public void info(CharSequence line) {
                    lines.add(line.toString());
                }
            },
            nanos::get);

    @Test
    void everyChangeOfPhaseIsOneLine() {
        listener.progress(leg(Platform.LINUX_X86_64), "started", "");
        listener.progress(leg(Platform.LINUX_X86_64), "compiling", "greet");
        listener.progress(leg(Platform.LINUX_X86_32), "started", "");
        assertThat(lines)
                .containsExactly("linux-x86_64: started", "linux-x86_64: compiling – greet", "linux-x86_32: started");
    }

    @Test
    void aPhaseThatGoesOnShowsALineNowAndThen() {
        for (int second = 0; second < 25; second++) {
            nanos.set(TimeUnit.SECONDS.toNanos(second));
            listener.progress(leg(Platform.LINUX_X86_64), "compiling", "crate " + second);
        }
        assertThat(lines)
                .containsExactly(
                        "linux-x86_64: compiling – crate 0",
                        "linux-x86_64: compiling – crate 10",
                        "linux-x86_64: compiling – crate 20");
    }

    @Test
    void theTableHasALineForEachPlatformAndAlignsItsColumns() {
        List<String> table = DeliveryTable.of(new Delivered(
                List.of(
                        delivered(Platform.LINUX_X86_64, 1023, Duration.ofMillis(1234), false),
                        delivered(Platform.WINDOWS_AARCH_64, 5 << 20, Duration.ofSeconds(61), true)),
                Optional.empty()));
        assertThat(table)
                .containsExactly(
                        "platform          files  size     sha256        compiled",
                        "linux-x86_64      greet  1023 B   e3b0c44298fc  1.2 s     built",
                        "windows-aarch_64  greet  5.0 MiB  e3b0c44298fc  1:01 min  reused");
    }

    @Test
    void eachRawFileAndTheJarOfAllHaveALine() {
        DeliveredPlatform raw = new DeliveredPlatform(
                Platform.LINUX_X86_64,
                List.of(file("linux-x86_64-greet", 1), file("linux-x86_64-part", 2)),
                List.of(file("linux-x86_64", 3)),
                Duration.ZERO,
                false);
        assertThat(DeliveryTable.of(new Delivered(List.of(raw), Optional.of(file("all", 4)))))
                .containsExactly(
                        "platform      files  size  sha256        compiled",
                        "linux-x86_64  greet  1 B   e3b0c44298fc  0.0 s     built",
                        "linux-x86_64  greet  2 B   e3b0c44298fc  0.0 s     built",
                        "all                  4 B   e3b0c44298fc");
    }

    private static DeliveredPlatform delivered(Platform platform, long size, Duration compileTime, boolean reused) {
        return new DeliveredPlatform(platform, List.of(file(platform.word(), size)), List.of(), compileTime, reused);
    }

    private static DeliveredFile file(String classifier, long size) {
        return new DeliveredFile(
                new ArtifactName(classifier, "jar"), Path.of("a.jar"), List.of("greet"), size, Sha256.of(new byte[0]));
    }

    private static Leg leg(Platform platform) {
        return new Leg(
                platform,
                Service.LOCAL,
                Optional.empty(),
                new CargoBuild(List.of("greet"), List.of(), false, "release", true),
                new TreeMap<>(),
                List.of(Output.of(OutputKind.BIN, "greet")));
    }
}

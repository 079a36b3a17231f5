package io.github.traviscompile.run.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

    private static final EventPublisher SILENT = new EventPublisher(event -> {}, () -> Instant.EPOCH);

    @TempDir
    private Path directory;

    @Test
    void temporaryFilesOfARunGoWithItAndTheRestStays() throws Exception {
        Path arrived;
        Path compiled;
        try (WorkDirectory work = WorkDirectory.open(directory, SILENT)) {
            arrived = Files.createDirectories(work.inbox()).resolve("file");
            Files.createFile(arrived);
            compiled = Files.createDirectories(work.cargoTarget(Platform.LINUX_X86_64));
            assertThat(work.log(Platform.LINUX_X86_64).getParent()).isDirectory();
        }
        assertThat(arrived).doesNotExist();
        assertThat(compiled).isDirectory();
    }

    @Test
    void remainsOfAKilledRunAreGoneWhenTheNextBegins() throws Exception {
        Path left =
                Files.createDirectories(directory.resolve("run/inbox/received")).resolve("libgreet.so");
        Files.createFile(left);
        try (WorkDirectory work = WorkDirectory.open(directory, SILENT)) {
            assertThat(left).doesNotExist();
            assertThat(work.inbox()).doesNotExist();
        }
    }

    @Test
    void twoExecutionsOfOneBuildDoNotShareIt() throws Exception {
        try (WorkDirectory work = WorkDirectory.open(directory, SILENT)) {
            assertThat(work.checkout()).doesNotExist();
            assertThatThrownBy(() -> WorkDirectory.open(directory, SILENT))
                    .isInstanceOf(ActionNeededException.class)
                    .hasMessageContaining(directory.toString());
        }
        WorkDirectory.open(directory, SILENT).close();
    }

    @Test
    void anUnwritableDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> WorkDirectory.open(file.resolve("work"), SILENT))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining(file.resolve("work").toString())
                .hasMessageContaining("<cargoProject> (-Dtravis-compile.cargoProject)");
    }
}

package io.github.traviscompile.run.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.upload.UploadEvent;
import io.github.traviscompile.upload.UploadEvent.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceivedOutputsTest {

    private static final Output LIBRARY = Output.of(OutputKind.CDYLIB, "libgreet.so");
    private static final Output PROGRAM = Output.of(OutputKind.BIN, "greet");
    private static final Leg LEG = LegSample.of(Platform.LINUX_X86_64, Service.LOCAL)
            .owing(LIBRARY, PROGRAM)
            .leg();
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    private final List<RunEvent> events = new ArrayList<>();
    private final ReceivedOutputs outputs =
            new ReceivedOutputs(List.of(LEG), new EventPublisher(events::add, () -> NOW), () -> NOW);

    @Test
    void aLegIsFinishedWithAllOutputsInTheOrderOfThePlan() {
        outputs.accept(committed(PROGRAM));
        assertThat(outputs.finished(LEG, Duration.ofSeconds(3))).isEmpty();
        assertThat(outputs.missing(LEG)).containsExactly("libgreet.so");

        outputs.accept(committed(LIBRARY));
        FinishedLeg finished = outputs.finished(LEG, Duration.ofSeconds(3)).orElseThrow();
        assertThat(finished.files()).extracting(FinishedLeg.File::output).containsExactly(LIBRARY, PROGRAM);
        assertThat(finished.details()).containsEntry("rustc", "1.95.0");
        assertThat(finished.compileTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(finished.finished()).isEqualTo(NOW);
        assertThat(outputs.missing(LEG)).isEmpty();
    }

    @Test
    void aSecondDeliveryWithOtherContentInvalidatesTheLeg() {
        outputs.accept(committed(LIBRARY));
        outputs.accept(committed(PROGRAM));
        outputs.accept(new UploadEvent.Conflict(LEG.id(), PROGRAM, DIGEST, Sha256.of(new byte[] {2})));
        assertThat(outputs.isInvalid(LEG)).isTrue();
        assertThat(outputs.finished(LEG, Duration.ZERO)).isEmpty();
        assertThat(outputs.reason(LEG)).get().asString().contains("greet was delivered twice", DIGEST.hex());
    }

    @Test
    void aFileThatIsTooLargeOrHasNoRoomInvalidatesTheLegWithAReason() {
        outputs.accept(new UploadEvent.OverCap(LEG.id(), PROGRAM, PROGRAM.maxBytes() + 1));
        assertThat(outputs.reason(LEG)).contains("greet has 1073741825 bytes, more than the 1073741824 that are taken");
        outputs.accept(new UploadEvent.NoRoom(LEG.id(), PROGRAM, "No space left on device"));
        assertThat(outputs.reason(LEG)).contains("greet could not be stored: No space left on device");
    }

    @Test
    void theReasonOfAFailureIsTheFirstErrorWithoutTheLog() {
        String text = "error[E0425]: cannot find value\n --> src/lib.rs:1:1\n\n   Compiling greet\nmuch more\n";
        outputs.accept(progress(Phase.FAILED, Map.of("error_lines", "3", "exit", "101"), text));
        assertThat(outputs.reason(LEG)).contains("error[E0425]: cannot find value\n --> src/lib.rs:1:1\n");
    }

    @Test
    void aFailureCompletesAtOnceWithTheScriptsExit() {
        assertThat(outputs.failure(LEG)).isNotDone();
        outputs.accept(progress(Phase.FAILED, Map.of("status", "69", "exit", "0"), "no rustup"));
        assertThat(outputs.failure(LEG)).isCompletedWithValue(LegExit.NO_TOOLCHAIN);
    }

    @Test
    void anInvalidationCompletesTheFailureAtOnceToo() {
        outputs.accept(committed(PROGRAM));
        assertThat(outputs.failure(LEG)).isNotDone();
        outputs.accept(new UploadEvent.OverCap(LEG.id(), LIBRARY, LIBRARY.maxBytes() + 1));
        assertThat(outputs.failure(LEG)).isCompletedWithValue(LegExit.REFUSED);
    }

    @Test
    void reportsArePublishedAsPhases() {
        outputs.accept(progress(Phase.STARTED, Map.of(), ""));
        outputs.accept(progress(Phase.TOOLCHAIN, Map.of("step", "installing the toolchain"), ""));
        outputs.accept(progress(Phase.COMPILING, Map.of("crate", "serde v1.0.0", "count", "7"), ""));
        outputs.accept(new UploadEvent.Begun(LEG.id(), LIBRARY, 100, 0));
        outputs.accept(new UploadEvent.Received(LEG.id(), LIBRARY, 100, 61));
        assertThat(events)
                .containsExactly(
                        moved(LegPhase.SETTING_UP, ""),
                        moved(LegPhase.SETTING_UP, "installing the toolchain"),
                        moved(LegPhase.COMPILING, "serde v1.0.0", 7, 0),
                        moved(LegPhase.UPLOADING, "libgreet.so", 0, 100),
                        moved(LegPhase.UPLOADING, "libgreet.so", 61, 100));
    }

    @Test
    void anInvalidCountIsNotPublished() {
        outputs.accept(progress(Phase.COMPILING, Map.of("crate", "serde", "count", "9999999999"), ""));
        assertThat(events).containsExactly(moved(LegPhase.COMPILING, "serde"));
    }

    @Test
    void reportsOfAnEarlierPhaseAreDropped() {
        outputs.accept(new UploadEvent.Begun(LEG.id(), LIBRARY, 5, 0));
        outputs.accept(progress(Phase.COMPILING, Map.of(), ""));
        outputs.accept(progress(Phase.DONE, Map.of(), ""));
        assertThat(events)
                .containsExactly(moved(LegPhase.UPLOADING, "libgreet.so", 0, 5), moved(LegPhase.DELIVERED, ""));
    }

    private static RunEvent moved(LegPhase phase, String detail) {
        return new RunEvent.LegMoved(NOW, LEG, phase, detail, Optional.empty());
    }

    private static RunEvent moved(LegPhase phase, String detail, long done, long total) {
        return new RunEvent.LegMoved(NOW, LEG, phase, detail, Optional.of(new RunEvent.StepProgress(done, total)));
    }

    private static UploadEvent committed(Output output) {
        SortedMap<String, String> details = new TreeMap<>(Map.of("rustc", "1.95.0"));
        return new UploadEvent.Committed(LEG.id(), output, Path.of(output.fileName()), 1, DIGEST, details);
    }

    private static UploadEvent progress(Phase phase, Map<String, String> fields, String text) {
        return new UploadEvent.LegReport(LEG.id(), phase, new TreeMap<>(fields), text);
    }
}

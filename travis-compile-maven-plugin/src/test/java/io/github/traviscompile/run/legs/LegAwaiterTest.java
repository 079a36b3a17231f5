package io.github.traviscompile.run.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.ReuseMode;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.Switch;
import io.github.traviscompile.upload.UploadEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LegAwaiterTest {

    private static final Output PROGRAM = Output.of(OutputKind.BIN, "greet");
    private static final String WHERE = "The whole log is linux.log.";
    private static final Leg FIRST = leg(Platform.LINUX_X86_64);
    private static final Leg SECOND = leg(Platform.LINUX_X86_32);
    private static final EventPublisher SILENT = new EventPublisher(event -> {}, () -> Instant.EPOCH);

    private final ReceivedOutputs outputs = new ReceivedOutputs(List.of(FIRST, SECOND), SILENT, () -> Instant.EPOCH);
    private final List<RunEvent> events = new ArrayList<>();
    private final CompletableFuture<LegEnd> first = new CompletableFuture<>();
    private final CompletableFuture<LegEnd> second = new CompletableFuture<>();
    private final Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();

    @BeforeEach
    void startBoth() {
        ends.put(FIRST, first);
        ends.put(SECOND, second);
    }

    @Test
    void allAreFinishedOnceEachHasDelivered() throws Exception {
        end(FIRST, LegExit.DONE);
        end(SECOND, LegExit.DONE);
        assertThat(awaiter(Duration.ofMinutes(1)).await(ends, List.of())).containsOnlyKeys(FIRST, SECOND);
    }

    @Test
    void aConflictAfterALegIsCompleteFailsTheRun() {
        end(FIRST, LegExit.DONE);
        end(SECOND, LegExit.DONE);
        LegAwaiter awaiter = awaiter(Duration.ofMinutes(1), (end, finished) -> {
            if (end.leg().equals(SECOND)) {
                outputs.accept(new UploadEvent.Conflict(FIRST.id(), PROGRAM, digest(1), digest(2)));
            }
            return finished;
        });
        assertThatThrownBy(() -> awaiter.await(ends, List.of()))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("linux-x86_64 cannot be trusted: greet was delivered twice")
                .hasMessageContaining("Nothing was attached.");
    }

    @Test
    void theFirstFailureEndsTheWaitAndNamesTheStateOfTheOthers() {
        first.complete(new LegEnd(FIRST, LegExit.BUILD_FAILED, "no linker", WHERE, Optional.empty(), Duration.ZERO));
        assertThatThrownBy(() -> awaiter(Duration.ofMinutes(1)).await(ends, List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("linux-x86_64 did not compile: no linker")
                .hasMessageContaining(WHERE)
                .hasMessageContaining("The other legs (1) were ended; <failFast>false</failFast>");
        assertThat(events)
                .extracting(event -> ((RunEvent.LegMoved) event).phase())
                .containsExactly(LegPhase.FAILED, LegPhase.STOPPED);
    }

    @Test
    void failuresAreListedShortestFirstAndThenEachLegHasALine() {
        String block = "error[E0308]: mismatched types\n --> src/lib.rs:3:5";
        first.complete(new LegEnd(FIRST, LegExit.BUILD_FAILED, block, WHERE, Optional.empty(), Duration.ZERO));
        second.complete(new LegEnd(SECOND, LegExit.NO_TOOLCHAIN, "no rustup", WHERE, Optional.empty(), Duration.ZERO));
        assertThatThrownBy(() -> awaiter(false).await(ends, List.of()))
                .hasMessage(String.join(
                        "\n",
                        "linux-x86_32 found no toolchain: no rustup",
                        WHERE,
                        "linux-x86_64 did not compile:",
                        block,
                        WHERE,
                        "linux-x86_64 did not compile",
                        "linux-x86_32 found no toolchain: no rustup",
                        "Nothing was attached."));
    }

    @Test
    void aDeliveredLegIsKeptAfterAnotherFails() {
        end(FIRST, LegExit.DONE);
        second.complete(new LegEnd(SECOND, LegExit.BUILD_FAILED, "no", WHERE, Optional.empty(), Duration.ZERO));
        assertThatThrownBy(() -> awaiter(Duration.ofMinutes(1)).await(ends, List.of()))
                .hasMessageContaining("\nlinux-x86_64 delivered all, which is kept for the next run\n");
    }

    @Test
    void aDoneLegWithMissingOutputsIsNamedWithThese() {
        first.complete(new LegEnd(FIRST, LegExit.DONE, "", WHERE, Optional.empty(), Duration.ZERO));
        assertThatThrownBy(() -> awaiter(Duration.ofMinutes(1)).await(ends, List.of()))
                .hasMessageContaining("linux-x86_64 did not deliver greet");
    }

    @Test
    void aFailureThatAffectsAllLegsEndsTheWait() {
        end(FIRST, LegExit.DONE);
        CompletableFuture<CrossCompileException> tunnel = new CompletableFuture<>();
        tunnel.complete(new WorkFailedException("The tunnel died."));
        assertThatThrownBy(() -> awaiter(Duration.ofMinutes(1)).await(ends, List.of(new CompletableFuture<>(), tunnel)))
                .isInstanceOf(WorkFailedException.class)
                .hasMessage("The tunnel died.");
    }

    @Test
    void aTimeoutNamesTheTimeAndTheLegs() {
        end(FIRST, LegExit.DONE);
        assertThatThrownBy(() -> awaiter(Duration.ZERO).await(ends, List.of()))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("in the 0 minutes of the whole run; unfinished: linux-x86_32")
                .hasMessageContaining("<timeoutMinutes> (-Dtravis-compile.timeoutMinutes)");
    }

    private void end(Leg leg, LegExit exit) {
        outputs.accept(new UploadEvent.Committed(leg.id(), PROGRAM, Path.of("greet"), 1, digest(1), new TreeMap<>()));
        (leg.equals(FIRST) ? first : second)
                .complete(new LegEnd(leg, exit, "", WHERE, Optional.empty(), Duration.ZERO));
    }

    private LegAwaiter awaiter(Duration timeout) {
        return awaiter(timeout, (end, finished) -> finished);
    }

    private LegAwaiter awaiter(boolean failFast) {
        return awaiter(failFast, Duration.ofMinutes(1), (end, finished) -> finished);
    }

    private LegAwaiter awaiter(Duration timeout, LegAwaiter.Finish finish) {
        return awaiter(true, timeout, finish);
    }

    private LegAwaiter awaiter(boolean failFast, Duration timeout, LegAwaiter.Finish finish) {
        return new LegAwaiter(
                outputs,
                new CrossCompileRequest.Execution(
                        ReuseMode.ON, failFast ? Set.of(Switch.FAIL_FAST) : Set.of(), Optional.empty(), timeout),
                finish,
                new EventPublisher(events::add, () -> Instant.EPOCH));
    }

    private static Sha256 digest(int content) {
        return Sha256.of(new byte[] {(byte) content});
    }

    private static Leg leg(Platform platform) {
        return LegSample.greet(platform, Service.LOCAL);
    }
}

package io.github.traviscompile.run.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.legs.LegHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a stolen key is worth: nothing that gets attached. */
class HostedProofTest {

    private static final RunId RUN = new RunId("0123456789abcdef0123456789abcdef");
    private static final TreeId TREE = new TreeId("a".repeat(40));
    private static final Output PROGRAM = Output.of(OutputKind.BIN, "greet");
    private static final Leg LEG = LegSample.greet(Platform.LINUX_X86_64, TravisProvider.SERVICE);
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    private final List<String> warnings = new ArrayList<>();
    private final EventPublisher listener = new EventPublisher(
            event -> {
                if (event instanceof RunEvent.Warning warning) {
                    warnings.add(warning.sentence());
                }
            },
            () -> Instant.EPOCH);
    private final HostedProof proof = new HostedProof(RUN, TREE, listener);

    @Test
    void aLogThatNamesTheFileConfirmsTheLeg() throws Exception {
        assertThat(proof.require(end(Optional.of(line(DIGEST))), finished(TREE.hex()))
                        .details())
                .containsEntry(LegHistory.LOG, "confirmed");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aLogThatSaysNothingIsAWarningAndStaysKnown() throws Exception {
        for (Optional<String> log : List.of(Optional.<String>empty(), Optional.of("[secure]\n"))) {
            warnings.clear();
            assertThat(proof.require(end(log), finished(TREE.hex())).details()).containsEntry(LegHistory.LOG, "silent");
            assertThat(warnings).singleElement().asString().contains("does not name the digest of greet", "See there.");
        }
    }

    @Test
    void aLogThatNamesAnotherFileIsRefused() {
        LegEnd end = end(Optional.of(line(Sha256.of(new byte[] {2}))));
        assertThatThrownBy(() -> proof.require(end, finished(TREE.hex())))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining("somebody else has this leg's key");
    }

    @Test
    void anotherTreeThanTheSnapshotsIsRefusedAndSoIsNone() {
        LegEnd end = end(Optional.of(line(DIGEST)));
        for (String tree : List.of("b".repeat(40), "")) {
            assertThatThrownBy(() -> proof.require(end, finished(tree)))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining("instead of the snapshot " + TREE);
        }
    }

    private static LegEnd end(Optional<String> log) {
        return new LegEnd(LEG, LegExit.DONE, "", "See there.", log.map(JobLog::new), Duration.ZERO);
    }

    private static String line(Sha256 sha256) {
        return "tcmp1 run=" + RUN + " leg=linux-x86_64 output=greet sha256=" + sha256 + " size=1\r\n";
    }

    private static FinishedLeg finished(String tree) {
        FinishedLeg.File file = new FinishedLeg.File(PROGRAM, Path.of("greet"), 1, DIGEST);
        return new FinishedLeg(List.of(file), new TreeMap<>(Map.of("tree", tree)), Instant.EPOCH);
    }
}

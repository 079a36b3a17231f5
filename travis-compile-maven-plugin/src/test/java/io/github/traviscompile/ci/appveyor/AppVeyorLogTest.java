package io.github.traviscompile.ci.appveyor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.JobLog.LogEvidence;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.Legs;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs as AppVeyor's build agent writes them, each line with the time since the job began. */
class AppVeyorLogTest {

    private static final RunId RUN = new RunId("0123456789abcdef0123456789abcdef");
    private static final Leg LEG = Legs.APPVEYOR.leg(Platform.LINUX_X86_64);
    private static final Output OUTPUT = LEG.outputs().get(0);
    private static final Sha256 SHA256 = Sha256.of(new byte[] {1});
    private static final String LINE =
            "tcmp1 run=" + RUN + " leg=linux-x86_64 output=greet sha256=" + SHA256 + " size=1";

    @ParameterizedTest
    @CsvSource({"[00:01:02] LINE, CONFIRMED", "[00:01:02] echo LINE, SILENT", "[00:01:02] LINE0, CONTRADICTED"})
    void judgesTheLineOfAnOutput(String template, LogEvidence verdict) {
        JobLog log = new JobLog("[00:00:00] Build started\r\n" + template.replace("LINE", LINE) + "\r\n");
        assertThat(log.verdict(RUN, LEG, OUTPUT, SHA256, 1)).isEqualTo(verdict);
    }

    @Test
    void tellsHowTheScriptEndedFromTheAgentsOwnLine() {
        String log = "[00:00:02] bash .travis-compile/leg.sh linux-x86_64\n[00:00:03] Command exited with code 70\n";
        assertThat(new JobLog(log).exit()).contains(LegExit.BUILD_FAILED);
        assertThat(new JobLog(log.replace("70", "126")).exit()).contains(LegExit.BROKEN_OFF);
        assertThat(new JobLog("[00:00:03] It said: Command exited with code 70\n").exit())
                .isEmpty();
    }

    @Test
    void isWholeWithTheAgentsLastLine() {
        assertThat(new JobLog("[00:00:03] Command exited with code 70\n").isWhole())
                .isFalse();
        assertThat(new JobLog("[00:00:03] Command exited with code 70\n[00:00:03] Build failed\n").isWhole())
                .isTrue();
        assertThat(new JobLog("[00:00:03] Build success").isWhole()).isTrue();
        assertThat(new JobLog("[00:00:03] Build success story\n").isWhole()).isFalse();
    }

    @Test
    void showsTheLastLinesWithoutTheTime() {
        assertThat(new JobLog("[00:00:03] a\n[00:00:04] \n[00:00:04] b\n").tail(2))
                .isEqualTo("a\nb");
    }
}

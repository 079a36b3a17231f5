package io.github.traviscompile.ci.travis;

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

/** What a log says about an output, whatever the service did to its lines. */
class JobLogTest {

    private static final RunId RUN = new RunId("0123456789abcdef0123456789abcdef");
    private static final Leg LEG = Legs.TRAVIS.leg(Platform.LINUX_X86_64);
    private static final Output OUTPUT = LEG.outputs().get(0);
    private static final Sha256 SHA256 = Sha256.of(new byte[] {1});
    private static final String LINE =
            "tcmp1 run=" + RUN + " leg=linux-x86_64 output=greet sha256=" + SHA256 + " size=1";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`before\\r\\nLINE\\r\\nafter`, CONFIRMED",
                "`travis_time:start:0a\\r\\u001b[0KLINE\\u001b[0m\\r\\n`, CONFIRMED",
                "`before\\nafter`, SILENT",
                "``, SILENT",
                "`[secure]\\n`, SILENT",
                "`echo LINE\\n`, SILENT",
                "`LINE\\nLINE\\n`, CONTRADICTED",
                "`LINE0\\n`, CONTRADICTED",
                "`LINE and more\\n`, CONTRADICTED"
            })
    void judgesTheLineOfAnOutput(String template, LogEvidence verdict) {
        String text =
                template.replace("LINE", LINE).replace("\\u001b", "\u001b").translateEscapes();
        assertThat(new JobLog(text).verdict(RUN, LEG, OUTPUT, SHA256, 1)).isEqualTo(verdict);
    }

    @Test
    void findsAnotherFileUnderTheSameNameContradictory() {
        Sha256 other = Sha256.of(new byte[] {2});
        JobLog log = new JobLog(LINE + "\n");
        assertThat(log.verdict(RUN, LEG, OUTPUT, other, 1)).isEqualTo(LogEvidence.CONTRADICTED);
        assertThat(log.verdict(RUN, LEG, OUTPUT, SHA256, 2)).isEqualTo(LogEvidence.CONTRADICTED);
    }

    @Test
    void doesNotMindOtherRunsLegsAndOutputs() {
        JobLog log = new JobLog(LINE + "\n");
        RunId other = new RunId("f".repeat(32));
        assertThat(log.verdict(other, LEG, OUTPUT, SHA256, 1)).isEqualTo(LogEvidence.SILENT);
        assertThat(log.verdict(RUN, Legs.TRAVIS.leg(Platform.LINUX_X86_32), OUTPUT, SHA256, 1))
                .isEqualTo(LogEvidence.SILENT);
    }

    @Test
    void showsTheFirstErrorThatALegPrints() {
        String stamp = "2026-11-25T12:00:00.1234567Z ";
        String text = String.join(
                "\n",
                stamp + "compiling",
                stamp + "tcmp1 error_lines=2",
                stamp + "error: \u001b[31moops\u001b[0m",
                stamp + "",
                stamp + "the end");
        assertThat(new JobLog(text).firstError()).contains("error: oops\n");
        assertThat(new JobLog("a tcmp1 error_lines=2\nx\n").firstError()).isEmpty();
        assertThat(new JobLog("tcmp1 error_lines=9\nx\n").firstError()).contains("x");
    }

    @Test
    void showsTheLastLinesThatSaySomething() {
        JobLog log = new JobLog("a\r\n\u001b[31;1mb\u001b[0m\r\n\r\ntravis_fold:end:script\r\u001b[0Kc\r\n\n");
        assertThat(log.tail(2)).isEqualTo("b\nc");
        assertThat(log.tail(9)).isEqualTo("a\nb\nc");
        assertThat(new JobLog("").tail(3)).isEmpty();
    }

    @Test
    void tellsHowTheScriptEndedFromTheServicesOwnLine() {
        String red =
                "\u001b[31;1mThe command \"bash .travis-compile/leg.sh linux-x86_64\" exited with 70.\u001b[0m\r\n";
        assertThat(new JobLog("before\r\n" + red).exit()).contains(LegExit.BUILD_FAILED);
        assertThat(new JobLog("The command \"make\" exited with 70.\n").exit()).isEmpty();
    }

    @Test
    void isWholeWithTheServicesLastLine() {
        assertThat(new JobLog("tcmp1 run=…\r\n").isWhole()).isFalse();
        assertThat(new JobLog("tcmp1 run=…\r\n\r\nDone. Your build exited with 0.\r\n").isWhole())
                .isTrue();
    }
}

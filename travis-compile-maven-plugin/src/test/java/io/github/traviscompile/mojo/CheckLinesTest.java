package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.CheckResult.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckLinesTest {

    private static final CheckResult READY = new CheckResult("curl", State.READY, "/usr/bin/curl.");
    private static final CheckResult REMARK = new CheckResult("project", State.REMARK, "Beware.");
    private static final CheckResult MISSING = new CheckResult("AppVeyor", State.MISSING, "Two things:\none and two.");
    private static final CheckResult BROKEN = new CheckResult("tunnel", State.BROKEN, "Nobody answers.");

    @Test
    void aTickOrWhatToDo() {
        CheckLines lines = CheckLines.in(StandardCharsets.UTF_8);
        assertThat(lines.of(READY)).containsExactly("✓ curl: /usr/bin/curl.");
        assertThat(lines.of(REMARK)).containsExactly("! project: Beware.");
        assertThat(lines.of(MISSING)).containsExactly("✗ AppVeyor: Two things:", "  one and two.");
        assertThat(lines.of(BROKEN)).containsExactly("✗ tunnel: Nobody answers.");
    }

    @Test
    void wordsWhereTheEncodingHasNoSigns() {
        CheckLines lines = CheckLines.in(StandardCharsets.ISO_8859_1);
        assertThat(lines.of(READY)).containsExactly("ok curl: /usr/bin/curl.");
        assertThat(lines.of(REMARK)).containsExactly("note project: Beware.");
        assertThat(lines.of(MISSING)).containsExactly("missing AppVeyor: Two things:", "        one and two.");
        assertThat(lines.of(BROKEN)).containsExactly("broken tunnel: Nobody answers.");
    }

    @Test
    void theVerdictCountsWhatRunsNeedAndLeavesRemarksOut() {
        assertThat(CheckLines.verdict(List.of(READY, REMARK, READY), "the lines above say"))
                .isEqualTo("All 2 prerequisites are there.");
        assertThat(CheckLines.verdict(List.of(READY, REMARK, MISSING), "the lines above say"))
                .isEqualTo("1 of 2 prerequisites is missing; the lines above say what to do.");
        assertThat(CheckLines.verdict(List.of(READY, BROKEN, MISSING), "the lines above say"))
                .isEqualTo("2 of 3 prerequisites are missing; the lines above say what to do.");
        assertThat(CheckLines.verdict(List.of(READY, BROKEN), "the lines above say"))
                .isEqualTo("1 of 2 prerequisites is out of order; the lines above say why.");
    }

    @Test
    void theVerdictNamesTheFileThatSaysMore() {
        assertThat(CheckLines.verdict(List.of(READY, MISSING), "/home/alice/check.json says"))
                .isEqualTo("1 of 2 prerequisites is missing; /home/alice/check.json says what to do.");
    }

    @Test
    void aFileHasAllLinesWithSigns() {
        assertThat(CheckLines.text(List.of(READY, MISSING))).isEqualTo("""
                ✓ curl: /usr/bin/curl.
                ✗ AppVeyor: Two things:
                  one and two.
                """);
    }

    @Test
    void theDocumentHasEachResultUnderStableNames() {
        assertThat(CheckJson.of("1.0.0", List.of(READY, REMARK, MISSING, BROKEN)))
                .isEqualTo("""
                {
                  "version": 1,
                  "plugin": "1.0.0",
                  "passed": false,
                  "results": [
                    {
                      "subject": "curl",
                      "state": "ready",
                      "sentence": "/usr/bin/curl."
                    },
                    {
                      "subject": "project",
                      "state": "remark",
                      "sentence": "Beware."
                    },
                    {
                      "subject": "AppVeyor",
                      "state": "missing",
                      "sentence": "Two things:\\none and two."
                    },
                    {
                      "subject": "tunnel",
                      "state": "broken",
                      "sentence": "Nobody answers."
                    }
                  ]
                }
                """);
        assertThat(CheckJson.of("1.0.0", List.of(READY, REMARK))).contains("\"passed\": true");
    }
}

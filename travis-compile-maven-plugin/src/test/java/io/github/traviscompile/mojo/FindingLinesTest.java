package io.github.traviscompile.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.run.api.Finding;
import io.github.traviscompile.run.api.Finding.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingLinesTest {

    private static final Finding READY = new Finding("curl", Verdict.READY, "/usr/bin/curl.");
    private static final Finding REMARK = new Finding("project", Verdict.REMARK, "Beware.");
    private static final Finding MISSING = new Finding("AppVeyor", Verdict.MISSING, "Two things:\none and two.");
    private static final Finding BROKEN = new Finding("tunnel", Verdict.BROKEN, "Nobody answers.");

    @Test
    void aTickOrWhatToDo() {
        FindingLines lines = FindingLines.in(StandardCharsets.UTF_8);
        assertThat(lines.of(READY)).containsExactly("✓ curl: /usr/bin/curl.");
        assertThat(lines.of(REMARK)).containsExactly("! project: Beware.");
        assertThat(lines.of(MISSING)).containsExactly("✗ AppVeyor: Two things:", "  one and two.");
        assertThat(lines.of(BROKEN)).containsExactly("✗ tunnel: Nobody answers.");
    }

    @Test
    void wordsWhereTheEncodingHasNoSigns() {
        FindingLines lines = FindingLines.in(StandardCharsets.ISO_8859_1);
        assertThat(lines.of(READY)).containsExactly("ok curl: /usr/bin/curl.");
        assertThat(lines.of(REMARK)).containsExactly("note project: Beware.");
        assertThat(lines.of(MISSING)).containsExactly("missing AppVeyor: Two things:", "        one and two.");
        assertThat(lines.of(BROKEN)).containsExactly("broken tunnel: Nobody answers.");
    }

    @Test
    void theVerdictCountsWhatRunsNeedAndLeavesRemarksOut() {
        assertThat(FindingLines.verdict(List.of(READY, REMARK, READY))).isEqualTo("All 2 prerequisites are there.");
        assertThat(FindingLines.verdict(List.of(READY, REMARK, MISSING)))
                .isEqualTo("1 of 2 prerequisites is missing; the lines above say what to do.");
        assertThat(FindingLines.verdict(List.of(READY, BROKEN, MISSING)))
                .isEqualTo("2 of 3 prerequisites are missing; the lines above say what to do.");
        assertThat(FindingLines.verdict(List.of(READY, BROKEN)))
                .isEqualTo("1 of 2 prerequisites is out of order; the lines above say why.");
    }
}

package io.github.traviscompile.mojo.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.ci.travis.TravisProvider;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.LegSample;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.RunEvent;
import io.github.traviscompile.run.api.RunEvent.StepProgress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final Leg LINUX = leg(Platform.LINUX_X86_64);
    private static final Leg OSX = leg(Platform.OSX_AARCH_64);
    private static final URI PULL_REQUEST = URI.create("https://github.com/alice/builds/pull/7");
    private static final String ESCAPE = "\u001b";

    private final List<String> lines = new ArrayList<>();
    private volatile Instant now = BEGIN;

    @Test
    void everyChangeIsOnePlainLine() {
        try (Console console = Console.plain(() -> now, lines::add, warning -> lines.add("! " + warning))) {
            console.onEvent(new RunEvent.Planned(now, "greet 1.0.0", List.of(LINUX, OSX)));
            console.onEvent(queued(LINUX, OSX));
            console.onEvent(new RunEvent.PullRequestOpened(now, PULL_REQUEST));
            console.onEvent(new RunEvent.Warning(now, "Ice."));
            console.onEvent(new RunEvent.JobSeen(now, OSX, "created", false, URI.create("https://ci/7")));
            console.onEvent(moved(LINUX, LegPhase.SETTING_UP, ""));
            console.onEvent(moved(LINUX, LegPhase.COMPILING, "serde v1.0.0", 1, 0));
            console.onEvent(moved(LINUX, LegPhase.COMPILING, "greet v1.0.0", 2, 0));
            console.onEvent(moved(LINUX, LegPhase.DELIVERED, ""));
            console.onEvent(moved(LINUX, LegPhase.VERIFYING, ""));
            console.onEvent(moved(OSX, LegPhase.FAILED, "osx-aarch_64 did not compile:\nerror: no\n"));
        }
        assertThat(lines)
                .containsExactly(
                        "linux-x86_64: queued",
                        "osx-aarch_64: queued",
                        "Opened the pull request " + PULL_REQUEST + ".",
                        "! Ice.",
                        "osx-aarch_64: created – https://ci/7",
                        "linux-x86_64: setting up",
                        "linux-x86_64: compiling 1/≤112 serde v1.0.0",
                        "linux-x86_64: delivered",
                        "osx-aarch_64: failed: did not compile");
    }

    @Test
    void aLineIsWrittenOnceAMinuteWithoutChanges() {
        try (Console console = Console.plain(() -> now, lines::add, lines::add)) {
            console.onEvent(queued(LINUX, OSX));
            console.onEvent(moved(LINUX, LegPhase.COMPILING, "serde v1.0.0", 37, 0));
            lines.clear();
            for (int second = 0; second <= 125; second++) {
                now = BEGIN.plusSeconds(second);
                console.tick();
            }
            assertThat(lines)
                    .containsExactly(
                            "After 1:00: linux-x86_64 compiling 37/≤112 serde v1.0.0 · 1:00, osx-aarch_64 queued 1:00.",
                            "After 2:00: linux-x86_64 compiling 37/≤112 serde v1.0.0 · 2:00, osx-aarch_64 queued"
                                    + " 2:00.");
            console.onEvent(moved(LINUX, LegPhase.STOPPED, ""));
            console.onEvent(moved(OSX, LegPhase.STOPPED, ""));
            lines.clear();
            now = BEGIN.plusSeconds(999);
            console.tick();
            assertThat(lines).as("nobody waits any more").isEmpty();
        }
    }

    @Test
    void eachLegHasALineThatIsRedrawnInPlace() throws Exception {
        Screen screen = new Screen(80, 24);
        try (Console console = live(screen, false)) {
            console.onEvent(new RunEvent.Planned(now, "greet 1.0.0", List.of(LINUX, OSX)));
            assertThat(screen.written.size()).as("nothing to wait for yet").isZero();
            console.onEvent(queued(LINUX, OSX));
            console.onEvent(new RunEvent.PullRequestOpened(now, PULL_REQUEST));
            now = BEGIN.plusSeconds(42);
            console.tick();
            assertThat(screen.rows())
                    .containsExactly(
                            "travis-compile · 0:42 · https://github.com/alice/builds/pull/7",
                            "  linux-x86_64  queued 0:42",
                            "  osx-aarch_64  queued 0:42");
            console.onEvent(moved(LINUX, LegPhase.COMPILING, "serde v1.0.200", 37, 0));
            console.onEvent(moved(OSX, LegPhase.UPLOADING, "libgreet.dylib", 61, 100));
            now = BEGIN.plusSeconds(43);
            console.tick();
            assertThat(screen.rows())
                    .containsExactly(
                            "travis-compile · 0:43 · https://github.com/alice/builds/pull/7",
                            "  linux-x86_64  compiling 37/≤112 serde v1.0.200 · 0:01",
                            "  osx-aarch_64  uploading 61 % libgreet.dylib");
        }
        assertThat(lines).as("never both").isEmpty();
    }

    @Test
    void messagesAreWrittenAboveTheBlock() throws Exception {
        Screen screen = new Screen(80, 24);
        try (Console console = new Console(
                () -> now, screen::log, screen::log, () -> Optional.of(new LiveBlock(screen.terminal, false)))) {
            console.onEvent(new RunEvent.Info(now, "before"));
            console.onEvent(queued(LINUX));
            console.tick();
            console.onEvent(new RunEvent.Warning(now, "between"));
            console.onEvent(moved(LINUX, LegPhase.VERIFIED, ""));
            console.onEvent(new RunEvent.Info(now, "after"));
        }
        screen.log("what follows");
        assertThat(screen.rows())
                .containsExactly(
                        "before",
                        "between",
                        "after",
                        "travis-compile · 0:00",
                        "  linux-x86_64  verified",
                        "what follows");
    }

    @Test
    void betweenTwoDrawingsNoColourIsSetAndTheCursorIsVisibleBelow() throws Exception {
        Screen screen = new Screen(80, 24);
        Console console = live(screen, true);
        console.onEvent(queued(LINUX));
        console.onEvent(moved(LINUX, LegPhase.COMPILING, "serde", 1, 0));
        console.tick();
        String soFar = screen.written.toString(StandardCharsets.UTF_8);
        assertThat(soFar).contains(ESCAPE + "[1m", ESCAPE + "[36m").doesNotContain(ESCAPE + "[?25l");
        assertThat(soFar.substring(soFar.lastIndexOf(ESCAPE + "[36m"))).containsPattern("\u001b\\[(0|39;?0?)?m");
        screen.log("typed after Ctrl-C");
        assertThat(screen.rows()).endsWith("  linux-x86_64  compiling 1/≤112 serde · 0:00", "typed after Ctrl-C");
        console.close();
    }

    @Test
    void colourlessLinesHaveNoColours() throws Exception {
        Screen screen = new Screen(80, 24);
        try (Console console = live(screen, false)) {
            console.onEvent(queued(LINUX));
            console.onEvent(moved(LINUX, LegPhase.FAILED, "linux-x86_64 did not compile"));
            console.tick();
        }
        assertThat(screen.written.toString(StandardCharsets.UTF_8))
                .doesNotContainPattern("\u001b\\[[0-9;]*[1-9][0-9;]*m");
    }

    @Test
    void linesAreCutByDisplayColumns() throws Exception {
        for (int width : new int[] {10, 20, 33, 40, 200}) {
            Screen screen = new Screen(width, 24);
            try (Console console = live(screen, true)) {
                console.onEvent(queued(LINUX, OSX));
                console.onEvent(new RunEvent.PullRequestOpened(now, PULL_REQUEST));
                console.onEvent(moved(LINUX, LegPhase.COMPILING, "日本語日本語日本語日本語 v1.0.0", 1, 0));
                for (int again = 0; again < 3; again++) {
                    console.tick();
                }
                assertThat(screen.rows()).as("%d columns", width).hasSize(3);
                assertThat(screen.rows().get(0)).startsWith(width > 15 ? "travis-compile" : "travis-c…");
            }
        }
    }

    @Test
    void anotherWidthLeavesNoOldLinesBehind() throws Exception {
        Screen screen = new Screen(80, 24);
        try (Console console = live(screen, false)) {
            console.onEvent(queued(LINUX, OSX));
            console.tick();
            screen.resize(120, 24);
            console.tick();
            screen.resize(40, 24);
            now = BEGIN.plusSeconds(5);
            console.tick();
            assertThat(screen.rows())
                    .containsExactly(
                            "travis-compile · 0:05", "  linux-x86_64  queued 0:05", "  osx-aarch_64  queued 0:05");
        }
    }

    /** A terminal that becomes wider joins the lines that it wrapped, and so does copied text. */
    @Test
    void eachLineEndsByItself() throws Exception {
        Screen screen = new Screen(80, 24);
        try (Console console = live(screen, false)) {
            console.onEvent(queued(LINUX, OSX));
            console.tick();
            assertThat(screen.written.toString(StandardCharsets.UTF_8).split("\r*\n"))
                    .containsExactly(
                            "travis-compile · 0:00", "  linux-x86_64  queued 0:00", "  osx-aarch_64  queued 0:00");
        }
    }

    @Test
    void ofMoreLegsThanRowsTheActiveOnesAreShown() throws Exception {
        List<Leg> legs = List.of(Platform.values()).stream()
                .filter(platform -> platform != Platform.OSX_UNIVERSAL2)
                .map(ConsoleTest::leg)
                .toList();
        Screen screen = new Screen(80, 6);
        try (Console console = live(screen, false)) {
            console.onEvent(queued(legs.toArray(Leg[]::new)));
            console.onEvent(moved(legs.get(0), LegPhase.VERIFIED, ""));
            console.onEvent(moved(legs.get(5), LegPhase.COMPILING, "serde", 1, 0));
            console.onEvent(moved(legs.get(6), LegPhase.FAILED, "no"));
            for (int again = 0; again < 3; again++) {
                console.tick();
            }
            assertThat(screen.rows()).hasSize(5);
            assertThat(String.join("\n", screen.rows()))
                    .contains(legs.get(5).id() + " ", legs.get(6).id() + " ", "1 verified")
                    .contains("and " + (legs.size() - 3) + " more: ");
        }
    }

    @Test
    void unshowableAndControlCharactersAreReplaced() throws Exception {
        Screen screen = new Screen(80, 24, StandardCharsets.US_ASCII);
        try (Console console = live(screen, false)) {
            console.onEvent(queued(LINUX));
            console.onEvent(new RunEvent.JobSeen(now, LINUX, "a\u001b[2Jb ü", false, URI.create("https://ci/7")));
            console.tick();
        }
        assertThat(screen.rows()).containsExactly("travis-compile - 0:00", "  linux-x86_64  queued 0:00 (a [2Jb ?)");
    }

    @Test
    void theTerminalMayBeClosedFirstWhenTheJvmEnds() throws Exception {
        Screen screen = new Screen(80, 24);
        Console console = live(screen, false);
        console.onEvent(queued(LINUX));
        console.tick();
        screen.terminal.close();
        console.onEvent(new RunEvent.Info(now, "Told to stop."));
        console.close();
        assertThat(lines).containsExactly("Told to stop.");
    }

    private Console live(Screen screen, boolean colours) {
        return new Console(
                () -> now, lines::add, lines::add, () -> Optional.of(new LiveBlock(screen.terminal, colours)));
    }

    private RunEvent queued(Leg... legs) {
        return new RunEvent.LegsQueued(now, RunId.random(new SecureRandom()), List.of(legs), OptionalInt.of(112));
    }

    private RunEvent moved(Leg leg, LegPhase phase, String detail) {
        return new RunEvent.LegMoved(now, leg, phase, detail, Optional.empty());
    }

    private RunEvent moved(Leg leg, LegPhase phase, String detail, long done, long total) {
        return new RunEvent.LegMoved(now, leg, phase, detail, Optional.of(new StepProgress(done, total)));
    }

    private static Leg leg(Platform platform) {
        return LegSample.greet(platform, TravisProvider.SERVICE);
    }
}

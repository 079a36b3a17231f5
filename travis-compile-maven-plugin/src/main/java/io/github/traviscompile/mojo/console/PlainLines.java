package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.Elapsed;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one line for each change, and one a minute without changes. Not thread-safe. */
final class PlainLines {

    /** The longest time without output while legs run; some services treat a longer silence as a hang. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private final Board board;
    private final Consumer<String> info;
    private final Consumer<String> warning;
    private @Nullable Instant last;

    PlainLines(Board board, Consumer<String> info, Consumer<String> warning) {
        this.board = board;
        this.info = info;
        this.warning = warning;
    }

    /** @param before the leg's status before the event */
    void onEvent(RunEvent event, Optional<LegStatus> before) {
        if (event instanceof RunEvent.Info message) {
            write(event, message.sentence());
        } else if (event instanceof RunEvent.Warning message) {
            last = event.at();
            warning.accept(message.sentence());
        } else if (event instanceof RunEvent.PullRequestOpened opened) {
            write(event, "Opened the pull request " + opened.page() + ".");
        } else if (event instanceof RunEvent.LegsQueued queued) {
            queued.legs().forEach(leg -> write(event, leg.id() + ": queued"));
        } else if (event instanceof RunEvent.JobSeen seen) {
            write(event, seen.leg().id() + ": " + seen.state() + " – " + seen.page());
        } else if (event instanceof RunEvent.LegMoved moved) {
            onEvent(moved, before);
        }
    }

    private void onEvent(RunEvent.LegMoved moved, Optional<LegStatus> before) {
        Optional<LegPhase> earlier = before.map(LegStatus::phase);
        board.leg(moved.leg().id())
                .filter(leg -> !earlier.equals(Optional.of(leg.phase())) && leg.phase() != LegPhase.VERIFYING)
                .ifPresent(leg -> write(moved, moved.leg().id() + ": " + LegWords.briefly(leg)));
    }

    /** Writes the state of the open legs after {@link #SILENCE} without output. */
    void tick(Instant now) {
        String open = board.legs().stream()
                .filter(leg -> !leg.phase().isFinal())
                .map(leg -> leg.leg().id() + " " + LegWords.of(leg, now))
                .collect(Collectors.joining(", "));
        if (last != null && !open.isEmpty() && !now.isBefore(last.plus(SILENCE))) {
            last = now;
            info.accept("After " + Elapsed.of(Duration.between(board.begun().orElse(now), now)) + ": " + open + ".");
        }
    }

    private void write(RunEvent event, String line) {
        last = event.at();
        info.accept(line);
    }
}

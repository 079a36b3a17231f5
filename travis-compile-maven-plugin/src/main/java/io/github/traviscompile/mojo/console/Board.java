package io.github.traviscompile.mojo.console;

import io.github.traviscompile.run.api.LegStatus;
import io.github.traviscompile.run.api.RunEvent;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current state of a run. Not thread-safe. */
final class Board {

    private final Map<String, LegStatus> legs = new LinkedHashMap<>();
    private @Nullable Instant begun;
    private @Nullable URI pullRequest;

    void onEvent(RunEvent event) {
        if (begun == null) {
            begun = event.at();
        }
        if (event instanceof RunEvent.PullRequestOpened opened) {
            pullRequest = opened.page();
        }
        LegStatus.update(legs, event);
    }

    /** Returns the legs in the order of the requested platforms. */
    List<LegStatus> legs() {
        return List.copyOf(legs.values());
    }

    Optional<LegStatus> leg(String id) {
        return Optional.ofNullable(legs.get(id));
    }

    Optional<Instant> begun() {
        return Optional.ofNullable(begun);
    }

    Optional<URI> pullRequest() {
        return Optional.ofNullable(pullRequest);
    }
}

package io.github.traviscompile.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes how long somebody wanted to wait, and goes on at once. */
public final class CountedPause implements Pause {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public void of(Duration duration) {
        pauses.add(duration);
    }

    /** All pauses so far. */
    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Decides from ngrok-java's reports when a tunnel is lost; an answer in time ends a silence. */
final class NgrokHeartbeat implements NgrokAgent.Listener {

    /** The legs retry for 15 minutes (protocol tcmp1), so five leave them time to continue. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private final Duration longestSilence;
    private final CompletableFuture<CrossCompileException> lost = new CompletableFuture<>();
    private CompletableFuture<Void> alarm = CompletableFuture.completedFuture(null);
    private boolean closed;

    NgrokHeartbeat(Duration longestSilence) {
        this.longestSilence = longestSilence;
    }

    CompletionStage<CrossCompileException> lost() {
        return lost.minimalCompletionStage();
    }

    @Override
    public synchronized void alive() {
        alarm.cancel(false);
    }

    @Override
    public synchronized void silent() {
        if (alarm.isDone() && !closed) {
            alarm = new CompletableFuture<Void>()
                    .completeOnTimeout(null, longestSilence.toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> lose("ngrok has not answered for " + longestSilence.toSeconds() + " s"));
        }
    }

    @Override
    public void stopped() {
        lose("ngrok told it to stop, as somebody with access to the account can do on ngrok's pages");
    }

    synchronized void lose(String reason) {
        if (!closed) {
            lost.complete(new WorkFailedException(
                    "The ngrok tunnel broke in the middle of the run, so the legs cannot deliver: " + reason
                            + ". Run the build again; finished legs are kept."));
        }
    }

    /** Ends the watch; later failures are not reported. */
    synchronized void close() {
        closed = true;
        alarm.cancel(false);
    }
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.CrossCompileException;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/**
 * A public address whose requests reach the endpoint on this machine. It neither authenticates senders nor hides the
 * content; the endpoint's protocol does both. The opener closes it.
 */
public interface Tunnel extends AutoCloseable {

    /**
     * Returns the public address, {@code https://host[:port]} without a path; constant while the tunnel is open. Only
     * for the legs: never in clear in a log, a message or a commit.
     */
    URI publicUri();

    /**
     * Completes with the reason when the tunnel is lost for good; a shorter interruption is not reported. Never
     * completes exceptionally, nor because of {@link #close}.
     */
    CompletionStage<CrossCompileException> lost();

    /** Closes the tunnel within a few seconds, even if the other side no longer answers. */
    @Override
    void close();
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.CrossCompileException;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/**
 * A public address whose requests reach the endpoint on this machine. It promises nothing about who sends them, nor who
 * reads along: the protocol of the endpoint takes care of both. Closed by whoever opened it.
 */
public interface Tunnel extends AutoCloseable {

    /**
     * The public address, {@code https://host[:port]} without a path; the same for as long as the tunnel is open. It is
     * for the legs only: never in a log, a message or a commit in clear.
     */
    URI publicUri();

    /**
     * Completes when the tunnel is lost for good, with the reason in words; a shorter interruption does not show.
     * Never completes exceptionally, nor because of {@link #close}.
     */
    CompletionStage<CrossCompileException> lost();

    /** Ends the tunnel within a few seconds, whether or not the other side still answers. */
    @Override
    void close();
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.CrossCompileException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The user's own public address; the user operates it, so this class opens, watches and closes nothing. */
public final class FixedUrl implements Tunnel {

    private final URI publicUri;

    public FixedUrl(TunnelAddress.Fixed address) {
        this.publicUri = address.publicUrl();
    }

    @Override
    public URI publicUri() {
        return publicUri;
    }

    @Override
    public CompletionStage<CrossCompileException> lost() {
        return new CompletableFuture<CrossCompileException>().minimalCompletionStage();
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}

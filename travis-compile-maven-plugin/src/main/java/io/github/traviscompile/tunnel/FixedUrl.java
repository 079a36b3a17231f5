package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.CrossCompileException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The user's own public address: someone else keeps it up, so there is nothing to open, to watch or to close. */
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

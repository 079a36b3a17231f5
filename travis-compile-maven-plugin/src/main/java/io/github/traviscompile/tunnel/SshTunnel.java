package io.github.traviscompile.tunnel;

import io.github.traviscompile.http.RetryPolicy;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.SshCredentials;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A port of the user's own ssh server, forwarded to the endpoint, behind the user's web server, which speaks TLS. A
 * broken connection is reopened for some minutes, with the same port and so the same public address.
 */
public final class SshTunnel implements Tunnel {

    private static final Duration JOINING = Duration.ofSeconds(5);

    private final TunnelAddress.Ssh address;
    private final SshLink link;
    private final SshTimeouts patience;
    private final URI publicUri;
    private final CompletableFuture<CrossCompileException> lost = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper = new Thread(this::keep, "travis-compile-ssh-tunnel");

    private SshTunnel(TunnelAddress.Ssh address, SshLink link, SshTimeouts patience) {
        this.address = address;
        this.link = link;
        this.patience = patience;
        this.publicUri = address.publicUrl(link.remotePort());
        keeper.setDaemon(true);
    }

    /**
     * Connects to the ssh server, requires the key that {@code ~/.ssh/known_hosts} pins, logs in and forwards the port.
     *
     * @param home the user's home directory
     * @param endpoint the target of connections, {@code http://127.0.0.1:port}
     * @throws ActionNeededException if the key is unknown or another, the login is rejected, or the port is taken
     * @throws WorkFailedException if the server does not answer
     */
    public static SshTunnel open(TunnelAddress.Ssh address, SshCredentials credentials, Path home, URI endpoint)
            throws CrossCompileException, InterruptedException {
        return open(address, credentials, home, endpoint, SshTimeouts.DEFAULT);
    }

    static SshTunnel open(
            TunnelAddress.Ssh address, SshCredentials credentials, Path home, URI endpoint, SshTimeouts patience)
            throws CrossCompileException, InterruptedException {
        JdkEd25519.register();
        Path sshDirectory = home.resolve(".ssh");
        HostKeys hostKeys = HostKeys.read(address, sshDirectory);
        SshIdentities identities = SshIdentities.of(credentials, sshDirectory);
        SshLink link = new SshLink(address, identities, hostKeys, endpoint, patience);
        SshTunnel tunnel = null;
        try {
            link.connect();
            link.forward();
            tunnel = new SshTunnel(address, link, patience);
            tunnel.keeper.start();
            return tunnel;
        } finally {
            if (tunnel == null) {
                link.close();
            }
        }
    }

    @Override
    public URI publicUri() {
        return publicUri;
    }

    @Override
    public CompletionStage<CrossCompileException> lost() {
        return lost.minimalCompletionStage();
    }

    @Override
    public void close() {
        closed.countDown();
        link.close();
        keeper.interrupt();
        try {
            keeper.join(JOINING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void keep() {
        try {
            do {
                link.awaitEnd();
            } while (!isClosed() && reconnect());
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, and then no tunnel is left to keep open.
            return;
        }
    }

    /** Retries until the tunnel is open again ({@code true}), closed, or lost. */
    private boolean reconnect() throws InterruptedException {
        RetryPolicy.Retries retries = RetryPolicy.within(
                        patience.reconnecting(), patience.firstPause(), patience.longestPause())
                .begin(pause -> closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        try {
            while (true) {
                Optional<CrossCompileException> failure = attempt();
                if (failure.isEmpty()) {
                    return true;
                } else if (!retries.again()) {
                    return lose(failure.get());
                } else if (isClosed()) {
                    return false;
                }
            }
        } catch (ActionNeededException e) {
            return lose(e);
        }
    }

    /** Returns the reason of a temporary failure; throws if a retry cannot help. */
    private Optional<CrossCompileException> attempt() throws ActionNeededException, InterruptedException {
        try {
            link.connect();
        } catch (WorkFailedException e) {
            return Optional.of(e);
        }
        try {
            link.forward();
            return Optional.empty();
        } catch (ActionNeededException | WorkFailedException e) {
            // The server may still consider the broken connection alive and its port taken.
            return Optional.of(e);
        }
    }

    private boolean lose(CrossCompileException reason) {
        if (!isClosed()) {
            lost.complete(new WorkFailedException(
                    "The tunnel through the ssh server '" + address.host()
                            + "' broke in the middle of the run and could"
                            + " not be opened again, so the legs cannot deliver. " + reason.getMessage(),
                    reason));
        }
        return false;
    }
}

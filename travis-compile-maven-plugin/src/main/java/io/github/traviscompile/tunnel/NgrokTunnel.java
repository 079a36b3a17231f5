package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A public address of ngrok that forwards to the endpoint. The library reconnects by itself when the connection breaks.
 * The tunnel is lost when ngrok ends it or stays silent for some minutes.
 */
public final class NgrokTunnel implements Tunnel {

    /** An open session with its public address. */
    private record Opened(NgrokAgent agent, NgrokAgent.Forwarder forwarder, URI publicUri) {}

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final URLClassLoader loader;
    private final Opened opened;
    private final NgrokHeartbeat pulse;

    private NgrokTunnel(URLClassLoader loader, Opened opened, NgrokHeartbeat pulse) {
        this.loader = loader;
        this.opened = opened;
        this.pulse = pulse;
    }

    /**
     * Logs in to ngrok and forwards a public address to the endpoint.
     *
     * @param endpoint the target of requests, {@code http://127.0.0.1:port}
     * @param within the time limit for ngrok, as the library itself has none
     * @throws ActionNeededException if ngrok rejects the authtoken or the library does not run on this machine
     * @throws WorkFailedException if ngrok cannot be reached
     */
    public static NgrokTunnel open(Secret authtoken, NgrokLibrary library, URI endpoint, Duration within)
            throws CrossCompileException, InterruptedException {
        return open(authtoken, library, endpoint, within, NgrokHeartbeat.SILENCE);
    }

    static NgrokTunnel open(
            Secret authtoken, NgrokLibrary library, URI endpoint, Duration within, Duration longestSilence)
            throws CrossCompileException, InterruptedException {
        URLClassLoader loader = library.open();
        NgrokHeartbeat pulse = new NgrokHeartbeat(longestSilence);
        CompletableFuture<Opened> opening = new CompletableFuture<>();
        daemon("travis-compile-ngrok-connect", () -> connect(loader, authtoken, endpoint, pulse, opening));
        NgrokTunnel tunnel = null;
        try {
            tunnel = new NgrokTunnel(loader, opening.get(within.toMillis(), TimeUnit.MILLISECONDS), pulse);
            tunnel.watch();
            return tunnel;
        } catch (TimeoutException e) {
            throw new WorkFailedException("ngrok did not answer within " + within.toSeconds()
                    + " s. Check that this machine may reach ngrok, or use another tunnel: " + AddressParser.PARAMETER
                    + ".");
        } catch (ExecutionException e) {
            throw NgrokErrors.inWords(e, authtoken);
        } finally {
            if (tunnel == null && !opening.cancel(false) && !opening.isCompletedExceptionally()) {
                // The caller was interrupted just when the tunnel opened.
                new NgrokTunnel(loader, opening.join(), pulse).close();
            }
        }
    }

    /** Runs in its own thread, and cleans up by itself if the caller no longer waits for the result. */
    private static void connect(
            URLClassLoader loader,
            Secret authtoken,
            URI endpoint,
            NgrokHeartbeat pulse,
            CompletableFuture<Opened> opening) {
        NgrokAgent agent = null;
        try {
            agent = NgrokAgent.connect(loader, authtoken, pulse);
            NgrokAgent.Forwarder forwarder = agent.forward(endpoint);
            if (opening.complete(new Opened(agent, forwarder, AddressParser.requirePublic(forwarder.url())))) {
                return;
            }
        } catch (Exception | LinkageError e) {
            opening.completeExceptionally(e);
        }
        if (agent != null) {
            close(agent);
        }
        NgrokLibrary.close(loader);
    }

    private void watch() {
        daemon("travis-compile-ngrok", () -> {
            try {
                opened.forwarder().join();
                pulse.lose("ngrok ended it");
            } catch (ReflectiveOperationException e) {
                pulse.lose("ngrok ended it (" + NgrokErrors.rootOf(e).getClass().getSimpleName() + ")");
            }
        });
    }

    @Override
    public URI publicUri() {
        return opened.publicUri();
    }

    @Override
    public CompletionStage<CrossCompileException> lost() {
        return pulse.lost();
    }

    @Override
    public void close() {
        pulse.close();
        // The native part may wait for an answer from ngrok.
        Thread closing = daemon("travis-compile-ngrok-close", () -> close(opened.agent()));
        try {
            closing.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        NgrokLibrary.close(loader);
    }

    /** After a failure the address ends with the session, and both at the latest with this process. */
    private static void close(NgrokAgent agent) {
        try {
            agent.close();
        } catch (ReflectiveOperationException | LinkageError e) {
            return;
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

package io.github.traviscompile.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes the bytes of connections on to another port of this machine. Needs nothing but the JDK. */
public final class LoopbackRelay implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean used = new AtomicBoolean();
    private final int target;
    private final Runnable afterFirst;

    /**
     * @param target the port that connections lead to
     * @param afterFirst run once, when the first connection is over
     */
    public LoopbackRelay(int target, Runnable afterFirst) throws IOException {
        this.target = target;
        this.afterFirst = afterFirst;
        threads.execute(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> copy(client, server));
                threads.execute(() -> copy(server, client));
            } catch (IOException e) {
                // Closed, or nobody listens at the target: the next connection is another matter.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, n);
                if (from.getPort() == target && !used.getAndSet(true)) {
                    afterFirst.run();
                }
            }
        } catch (IOException e) {
            // One side has gone, and so the other goes.
            return;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}

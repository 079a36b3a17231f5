package io.github.traviscompile.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs that listen at a port of the loopback address which they have to be told, and write what they say to a file. */
final class Daemon {

    private Daemon() {}

    /** A port that is free now; should somebody take it meanwhile, {@link #start} fails and another may be tried. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the program and returns once it listens; whoever called it ends it. */
    static Process start(int port, Path log, String... command) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        while (!accepts(port)) {
            if (started.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException(command[0] + " ended: " + Files.readString(log));
            }
        }
        return started;
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}

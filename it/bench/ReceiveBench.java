package io.github.traviscompile.upload;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.OutputKind;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Sends the same bytes from one process to two servers, each a process of its own, and prints the seconds of each pair.
 * What the client computes (encryption, MACs) is prepared before the clock runs. The first pair warms up and is not
 * printed. Arguments: scratch directory, MiB, pairs; or {@code serve}, which is the endpoint's process.
 */
final class ReceiveBench {

    private static final int CHUNK = 8 << 20;
    private static final String LEG = "linux-x86_64";

    private final Path directory;
    private final int chunks;
    private final byte[] plain = new byte[CHUNK];

    private ReceiveBench(Path directory, int chunks) {
        this.directory = directory;
        this.chunks = chunks;
        new Random(1).nextBytes(plain);
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Path.of(args[1]), new RunId(args[2]), LegKey.ofHex(args[3]), Integer.parseInt(args[4]));
            return;
        }
        Path directory = Path.of(args[0]).toAbsolutePath();
        new ReceiveBench(directory, Integer.parseInt(args[1]) / 8).run(Integer.parseInt(args[2]));
    }

    private static void serve(Path directory, RunId run, LegKey key, int outputs) throws Exception {
        LegAccount leg = new LegAccount(LEG, key, outputs(outputs));
        UploadStorage inbox = UploadStorage.open(directory, Long.MAX_VALUE);
        try (UploadServer server = UploadServer.open(run, List.of(leg), inbox, UploadLimits.DEFAULT, event -> {})) {
            System.out.println(server.uri());
            // Until the client closes the pipe.
            System.in.read();
        }
    }

    private static List<Output> outputs(int count) {
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outputs.add(new Output("out" + i, "out" + i, OutputKind.STATICLIB, Long.MAX_VALUE));
        }
        return outputs;
    }

    private void run(int pairs) throws Exception {
        SecureRandom random = new SecureRandom();
        RunId run = RunId.random(random);
        LegKey key = LegKey.random(random);
        Process endpoint = startEndpoint(run, key, pairs + 1);
        int port = freePort();
        Process nginx = startNginx(port);
        try (BufferedReader out = endpoint.inputReader()) {
            LegClient leg = new LegClient(URI.create(out.readLine()), run, LEG, key);
            for (int pair = 0; pair <= pairs; pair++) {
                double ours = toEndpoint(leg, "out" + pair);
                Files.delete(directory.resolve("inbox/received/" + LEG + "/out" + pair));
                double theirs = toNginx(port);
                Files.delete(directory.resolve("nginx/file"));
                if (pair > 0) {
                    System.out.printf(Locale.ROOT, "%.4f %.4f%n", ours, theirs);
                }
            }
        } finally {
            endpoint.destroy();
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private double toEndpoint(LegClient leg, String output) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        for (int i = 0; i < chunks; i++) {
            digest.update(plain);
        }
        String begun =
                leg.begin(output, (long) chunks * CHUNK, Sha256.of(digest), "").send().body();
        String upload = begun.split(" ", -1)[0];
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            requests.add(leg.chunk(output, upload, (long) i * CHUNK, plain).bytes());
        }
        requests.add(leg.commit(output, upload).bytes());
        try (Socket socket = leg.connect()) {
            long start = System.nanoTime();
            for (byte[] request : requests) {
                socket.getOutputStream().write(request);
                require(200, LegClient.receive(socket));
            }
            return seconds(start);
        }
    }

    private double toNginx(int port) throws IOException {
        String head = "PUT /file HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (long) chunks * CHUNK + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            long start = System.nanoTime();
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < chunks; i++) {
                socket.getOutputStream().write(plain);
            }
            require(201, LegClient.receive(socket));
            return seconds(start);
        }
    }

    private Process startEndpoint(RunId run, LegKey key, int outputs) throws IOException {
        // The key is worth nothing beyond this benchmark, so it may be an argument here.
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReceiveBench.class.getName(),
                        "serve",
                        directory.resolve("inbox").toString(),
                        run.hex(),
                        key.revealHex(),
                        String.valueOf(outputs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Process startNginx(int port) throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("nginx"));
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log nginx.log;
                events {}
                http {
                  access_log off;
                  client_max_body_size 0;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  server {
                    listen 127.0.0.1:%d;
                    root nginx;
                    location / { dav_methods PUT; }
                  }
                }
                """.formatted(port));
        Process nginx = new ProcessBuilder(
                        "nginx", "-p", directory.toString(), "-e", "nginx.log", "-c", configuration.toString())
                .inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return nginx;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        nginx.destroy();
        throw new IOException("nginx does not listen on port " + port + ".");
    }

    /** nginx cannot be asked which port it was given. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void require(int status, LegClient.Response response) throws IOException {
        if (response.status() != status) {
            throw new IOException("Answered " + response + " instead of " + status + ".");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}

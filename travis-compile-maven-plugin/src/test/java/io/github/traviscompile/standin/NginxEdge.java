package io.github.traviscompile.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

/**
 * A real nginx as a tunnel's public end: TLS with a certificate of its own, HTTP/2 for who asks for it, and no body above
 * 1 MiB, which is nginx's default. Whoever started it closes it.
 */
public final class NginxEdge implements AutoCloseable {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final int ATTEMPTS = 5;

    private final Path directory;
    private final Process process;
    private final int port;

    private NginxEdge(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param target the port of loopback that it passes requests on to
     */
    public static NginxEdge start(Path directory, int target) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not installed (package nginx-light)");
        Files.createDirectories(directory);
        certify(directory);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return new NginxEdge(directory, start(directory, port, target), port);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void certify(Path directory) throws IOException, InterruptedException {
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-noenc",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem");
        Path log = directory.resolve("openssl.log");
        Process made = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("openssl made no certificate: " + Files.readString(log));
        }
    }

    private static Process start(Path directory, int port, int target) throws IOException, InterruptedException {
        Path config = directory.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                  log_format protocol '$server_protocol $request_method $status $request_length';
                  access_log access.log protocol;
                  client_max_body_size 1m;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  server {
                    listen 127.0.0.1:%d ssl http2;
                    ssl_certificate certificate.pem;
                    ssl_certificate_key key.pem;
                    location / { proxy_pass http://127.0.0.1:%d; }
                  }
                }
                """.formatted(port, target));
        return Daemon.start(
                port,
                directory.resolve("error.log"),
                NGINX.toString(),
                "-p",
                directory.toString(),
                "-c",
                config.toString());
    }

    /** nginx cannot be asked for one. */
    public static int freePort() throws IOException {
        return Daemon.freePort();
    }

    public URI uri() {
        return URI.create("https://localhost:" + port);
    }

    /** What curl has to trust. */
    public Path certificate() {
        return directory.resolve("certificate.pem");
    }

    /** What Java has to trust; its password is {@code changeit}, Java's own default. */
    public Path trustStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate())) {
            store.setCertificateEntry(
                    "edge", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    /** A line for each request: protocol, method, status, and length. */
    public List<String> requests() throws IOException {
        return Files.readAllLines(directory.resolve("access.log"));
    }

    /** What nginx complained of. */
    public String errors() {
        try {
            return Files.readString(directory.resolve("error.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

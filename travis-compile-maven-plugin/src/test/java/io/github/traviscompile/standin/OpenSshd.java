package io.github.traviscompile.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own server, run by whoever runs the tests, on a loopback port. */
public final class OpenSshd implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Path SSH_KEYGEN = Path.of("/usr/bin/ssh-keygen");
    private static final int ATTEMPTS = 5;

    private final Path directory;
    private final List<String> options;
    private int port;
    private Process process;

    /**
     * @param keyType of the host key, as {@code ssh-keygen -t} takes it
     * @param options lines of sshd_config
     */
    public OpenSshd(Path directory, String keyType, String... options) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(SSHD) && Files.isExecutable(SSH_KEYGEN),
                "OpenSSH's server is not installed (package openssh-server)");
        this.directory = Files.createDirectories(directory);
        this.options = List.of(options);
        if (user().equals("root")) {
            // What the service's start script does on Debian.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        generateKey(directory.resolve("host"), keyType, "");
        this.process = startOnFreePort(0);
    }

    /** Another process may take the free port first. */
    private Process startOnFreePort(int attempt) throws IOException, InterruptedException {
        int free = Daemon.freePort();
        try {
            Process started = start(free);
            port = free;
            return started;
        } catch (IOException e) {
            if (attempt == ATTEMPTS) {
                throw e;
            }
            return startOnFreePort(attempt + 1);
        }
    }

    public static String user() {
        return System.getProperty("user.name");
    }

    public int port() {
        return port;
    }

    /** The host's public key as known_hosts wants it. */
    public String hostKey() throws IOException {
        return Files.readString(directory.resolve("host.pub")).strip();
    }

    /** Makes a key pair {@code file} and {@code file.pub}. */
    public static void generateKey(Path file, String keyType, String passphrase)
            throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder(
                        SSH_KEYGEN.toString(), "-q", "-t", keyType, "-N", passphrase, "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keygen.getInputStream().readAllBytes(), UTF_8);
        if (keygen.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    /** Lets the owner of this public key in. */
    public void authorize(Path publicKey) throws IOException {
        Files.copy(publicKey, directory.resolve("authorized_keys"));
    }

    /** Ends the server and all its connections, as a crash does. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Stops the processes that serve the connections there are, without ending them. */
    public List<ProcessHandle> freezeConnections() throws IOException, InterruptedException {
        List<ProcessHandle> serving = process.descendants().toList();
        for (ProcessHandle one : serving) {
            new ProcessBuilder("kill", "-STOP", Long.toString(one.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        return serving;
    }

    /** Waits until so many have logged in. */
    public void awaitLogins(int logins) throws IOException, InterruptedException {
        while (Files.readString(directory.resolve("log")).split("Accepted publickey", -1).length <= logins) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException("sshd ended.");
            }
        }
    }

    public void revive() throws IOException, InterruptedException {
        process = start(port);
    }

    private Process start(int onPort) throws IOException, InterruptedException {
        Path config = directory.resolve("sshd_config");
        Files.writeString(config, """
                ListenAddress 127.0.0.1:%d
                HostKey "%s"
                AuthorizedKeysFile "%s"
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                AllowTcpForwarding remote
                %s
                """.formatted(
                onPort, directory.resolve("host"), directory.resolve("authorized_keys"), String.join("\n", options)));
        return Daemon.start(onPort, directory.resolve("log"), SSHD.toString(), "-D", "-e", "-f", config.toString());
    }

    @Override
    public void close() {
        kill();
    }
}

package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;

/**
 * A job of {@link TravisStandIn}. On a machine it clones the commit afresh, decrypts its secrets and runs its script in
 * bash, as the script that travis-ci/travis-build generates does; else it is what a test sets it to.
 */
public final class TravisJobStandIn {

    private final long id;
    private final TravisEventStandIn event;
    private final Map<Object, Object> config;
    private final PrivateKey key;
    private final StringBuilder log = new StringBuilder();
    private final List<String> masked = new CopyOnWriteArrayList<>();
    private volatile String state = "created";
    private volatile boolean logWithheld;
    private volatile long heard = System.nanoTime();
    private volatile Optional<Process> process = Optional.empty();
    private Optional<Thread> machine = Optional.empty();

    TravisJobStandIn(long id, TravisEventStandIn event, Map<Object, Object> config, PrivateKey key) {
        this.id = id;
        this.event = event;
        this.config = config;
        this.key = key;
    }

    public String name() {
        return String.valueOf(config.get("name"));
    }

    public String state() {
        return state;
    }

    public void state(String now) {
        state = now;
    }

    public String log() {
        synchronized (log) {
            return log.toString();
        }
    }

    public void append(String text) {
        synchronized (log) {
            log.append(text);
        }
    }

    /** What the job's {@code secure} entries hold: for looking where else it is. */
    public List<String> secrets() {
        try {
            return List.copyOf(secure().values());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secure entry is not encrypted with the repository's key.", e);
        }
    }

    private Map<String, String> secure() throws GeneralSecurityException {
        Map<String, String> secure = new LinkedHashMap<>();
        for (Object entry : config.get("env") instanceof List<?> list ? list : List.of()) {
            Object value = ((Map<?, ?>) entry).get("secure");
            if (value != null) {
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.DECRYPT_MODE, key);
                byte[] plain = cipher.doFinal(Base64.getDecoder().decode(value.toString()));
                String[] variable = new String(plain, StandardCharsets.UTF_8).split("=", 2);
                secure.put(variable[0], variable[1]);
            }
        }
        return secure;
    }

    /** As repositories do that limit who reads logs. */
    public void withholdLog() {
        logWithheld = true;
    }

    boolean logWithheld() {
        return logWithheld;
    }

    long id() {
        return id;
    }

    boolean hasEnded() {
        return List.of("passed", "failed", "errored", "canceled").contains(state);
    }

    void cancel() {
        if (!hasEnded()) {
            state = "canceled";
            kill();
        }
    }

    private void kill() {
        process.ifPresent(running -> {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        });
    }

    void await(Duration limit) throws InterruptedException {
        if (machine.isPresent()) {
            machine.get().join(limit.toMillis());
        }
    }

    void start(TravisMachines machines, Path disk) {
        state = "queued";
        Thread thread = new Thread(() -> work(machines, disk), "travis-job-" + name());
        thread.setDaemon(true);
        machine = Optional.of(thread);
        thread.start();
    }

    private void work(TravisMachines machines, Path disk) {
        try {
            state = "received";
            Path checkout = checkOut(disk);
            Map<String, String> environment = environment(machines, disk, checkout);
            if (!state.equals("canceled")) {
                state = "started";
                int status = run(machines, checkout, environment);
                if (!hasEnded()) {
                    state = status == 0 ? "passed" : "failed";
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            append("The machine broke: " + e + "\n");
            state = "errored";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path checkOut(Path disk) throws IOException {
        Path home = Files.createDirectories(disk.resolve("home"));
        Object autocrlf = config.get("git") instanceof Map<?, ?> git ? git.get("autocrlf") : null;
        boolean windows = "windows".equals(config.get("os"));
        String crlf = autocrlf != null ? autocrlf.toString() : String.valueOf(windows);
        Path checkout = disk.resolve("build");
        TravisRepositoryStandIn.git(
                home.toString(),
                "clone",
                "-q",
                "--no-checkout",
                "-c",
                "core.autocrlf=" + crlf,
                event.origin(),
                checkout.toString());
        TravisRepositoryStandIn.git(checkout.toString(), "checkout", "-qf", event.commit());
        return checkout;
    }

    private Map<String, String> environment(TravisMachines machines, Path disk, Path checkout)
            throws GeneralSecurityException {
        Map<String, String> environment = new TreeMap<>();
        String os = String.valueOf(config.get("os"));
        List<String> path = new ArrayList<>(machines.tools().getOrDefault(os, List.of()).stream()
                .map(Path::toString)
                .toList());
        path.add(System.getenv("PATH"));
        environment.put("PATH", String.join(File.pathSeparator, path));
        environment.put("HOME", disk.resolve("home").toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("CI", "true");
        environment.put("TRAVIS", "true");
        environment.put("TRAVIS_BUILD_DIR", checkout.toString());
        environment.put("TRAVIS_OS_NAME", os);
        environment.put("TRAVIS_JOB_NAME", name());
        environment.put("TRAVIS_EVENT_TYPE", event.type());
        environment.put("TRAVIS_RUST_VERSION", String.valueOf(config.get("rust")));
        environment.putAll(machines.environment());
        if (config.get("env") instanceof List<?>) {
            addSecure(environment);
        }
        return environment;
    }

    private void addSecure(Map<String, String> environment) throws GeneralSecurityException {
        if (event.fork()) {
            append("Encrypted environment variables have been removed for security reasons.\n");
            return;
        }
        Map<String, String> secure = secure();
        environment.putAll(secure);
        masked.addAll(secure.values());
        environment.put("TRAVIS_SECURE_ENV_VARS", String.valueOf(!secure.isEmpty()));
    }

    private int run(TravisMachines machines, Path checkout, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", String.valueOf(config.get("script")))
                .directory(checkout.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process running = builder.start();
        process = Optional.of(running);
        running.getOutputStream().close();
        heard = System.nanoTime();
        Thread reader = new Thread(() -> read(running.getInputStream()), "travis-log-" + name());
        reader.setDaemon(true);
        reader.start();
        while (!running.waitFor(20, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - heard > machines.silence().toNanos()) {
                kill();
                state = "errored";
            }
            if (state.equals("canceled")) {
                kill();
            }
        }
        reader.join(5_000);
        if (state.equals("errored")) {
            append("\n\nNo output has been received in the last 10m0s, this potentially indicates a stalled build\n");
        } else if (!hasEnded()) {
            appendResult(running.exitValue());
        }
        return running.exitValue();
    }

    /** The end of every job that came to its end (travis-ci/travis-build, {@code travis_result}). */
    private void appendResult(int status) {
        String colour = status == 0 ? "\u001b[32;1m" : "\u001b[31;1m";
        append("\r\n" + colour + "The command \"" + config.get("script") + "\" exited with " + status
                + ".\u001b[0m\r\n");
        append("\r\n\r\nDone. Your build exited with " + Math.min(status, 1) + ".\r\n");
    }

    /** Hides secrets as the service does, which it does not on Windows; lines end as on a terminal. */
    private void read(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                heard = System.nanoTime();
                line.append((char) c);
                if (c == '\n') {
                    append(masked(line.toString()).replace("\n", "\r\n"));
                    line.setLength(0);
                }
            }
        } catch (IOException e) {
            append("The log broke off: " + e.getMessage() + "\n");
        }
        append(masked(line.toString()));
    }

    private String masked(String line) {
        String result = line;
        for (String secret : "windows".equals(config.get("os")) ? List.<String>of() : masked) {
            result = result.replace(secret, "[secure]");
        }
        return result;
    }

    Map<String, Object> document(boolean withConfig) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@type", "job");
        document.put("id", id);
        document.put("state", state);
        if (withConfig) {
            Map<String, Object> shown = new LinkedHashMap<>();
            config.forEach((name, value) -> shown.put(name.toString(), value));
            shown.remove("env");
            document.put("config", shown);
        }
        return document;
    }
}

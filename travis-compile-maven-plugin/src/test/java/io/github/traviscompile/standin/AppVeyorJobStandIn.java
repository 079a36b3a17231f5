package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A job of {@link AppVeyorStandIn}. On a machine it decrypts its secrets and runs the scripts of the file one after another
 * in one shell, with the clone after {@code init}, as the build agent does; else it is what a test sets it to.
 */
public final class AppVeyorJobStandIn {

    private final String id;
    private final String name;
    private final AppVeyorEvent event;
    private final Map<Object, Object> config;
    private final Map<Object, Object> variables;
    private final AppVeyorKey key;
    private final StringBuilder log = new StringBuilder();
    private final List<String> masked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String state = "queued";
    private volatile boolean begun;
    private volatile boolean logWithheld;
    private volatile Optional<Process> process = Optional.empty();

    AppVeyorJobStandIn(
            String id,
            String name,
            AppVeyorEvent event,
            Map<Object, Object> config,
            Map<Object, Object> variables,
            AppVeyorKey key) {
        this.id = id;
        this.name = name;
        this.event = event;
        this.config = config;
        this.variables = variables;
        this.key = key;
    }

    public String name() {
        return name;
    }

    public String state() {
        return state;
    }

    public void state(String now) {
        state = now;
    }

    /** What the service serves: while the job runs with its secrets, afterwards without (appveyor/ci#3646). */
    public String log() {
        String text;
        synchronized (log) {
            text = log.toString();
        }
        if (hasEnded()) {
            for (String secret : masked) {
                text = text.replace(secret, "********");
            }
        }
        return text;
    }

    public void append(String text) {
        synchronized (log) {
            log.append(text);
        }
    }

    /** What the job's {@code secure} values hold: for looking where else it is. */
    public List<String> secrets() {
        return variables.values().stream()
                .filter(value -> value instanceof Map<?, ?>)
                .map(this::decrypted)
                .toList();
    }

    private String decrypted(Object value) {
        return key.decrypt(String.valueOf(((Map<?, ?>) value).get("secure")));
    }

    public void withholdLog() {
        logWithheld = true;
    }

    boolean logWithheld() {
        return logWithheld;
    }

    String id() {
        return id;
    }

    boolean hasEnded() {
        return List.of("success", "failed", "cancelled").contains(state);
    }

    /** Whether the job takes this state: it does not once it has ended. */
    private synchronized boolean advance(String next) {
        if (hasEnded()) {
            return false;
        }
        state = next;
        return true;
    }

    void cancel() {
        if (advance("cancelled")) {
            process.ifPresent(running -> {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            });
        }
    }

    /** Waits for the end; a job cancelled after it began ends when its machine has let go of the disk. */
    void await(Duration limit) throws InterruptedException {
        if (begun || !hasEnded()) {
            over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Runs in the account's one slot. */
    void work(TravisMachines machines, Path disk) {
        try {
            begun = true;
            if (advance("starting")) {
                AppVeyorImage image =
                        AppVeyorImage.lay(String.valueOf(variables.get("APPVEYOR_BUILD_WORKER_IMAGE")), machines, disk);
                int status = run(image, environment(image, machines));
                append(stamped(status == 0 ? "Build success" : "Build failed"));
                advance(status == 0 ? "success" : "failed");
            }
        } catch (IOException e) {
            append(stamped("The machine broke: " + e));
            state = "failed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    private Map<String, String> environment(AppVeyorImage image, TravisMachines machines) {
        Map<String, String> environment = new TreeMap<>(machines.environment());
        environment.put("PATH", image.tools() + File.pathSeparator + System.getenv("PATH"));
        environment.put("HOME", image.home().toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("CI", "true");
        environment.put("APPVEYOR", "true");
        environment.put("APPVEYOR_URL", "https://appveyor.invalid");
        environment.put("APPVEYOR_ACCOUNT_NAME", AppVeyorStandIn.ACCOUNT);
        environment.put("APPVEYOR_PROJECT_SLUG", "builds");
        environment.put("APPVEYOR_BUILD_ID", "1");
        environment.put("APPVEYOR_BUILD_FOLDER", image.checkout().toString());
        environment.put("APPVEYOR_JOB_ID", id);
        environment.put("APPVEYOR_JOB_NAME", name);
        environment.put("APPVEYOR_REPO_BRANCH", event.branch());
        environment.put("APPVEYOR_REPO_COMMIT", event.commit());
        environment.putAll(image.environment());
        variables.forEach((variable, value) -> {
            if (!(value instanceof Map<?, ?>)) {
                environment.put(variable.toString(), value.toString());
            } else if (event.pullRequest().isEmpty()) {
                String secret = decrypted(value);
                masked.add(secret);
                environment.put(variable.toString(), secret);
            }
        });
        return environment;
    }

    private int run(AppVeyorImage image, Map<String, String> environment) throws IOException, InterruptedException {
        Path script = image.script(event, config);
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(image.home().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (!advance("running")) {
            return 1;
        }
        Process running = builder.start();
        process = Optional.of(running);
        running.getOutputStream().close();
        Thread reader = new Thread(() -> read(running.getInputStream()), "appveyor-log-" + name);
        reader.setDaemon(true);
        reader.start();
        while (!running.waitFor(20, TimeUnit.MILLISECONDS)) {
            if (state.equals("cancelled")) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        }
        reader.join(5_000);
        return running.exitValue();
    }

    private void read(InputStream in) {
        StringBuilder line = new StringBuilder();
        try (in) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    append(stamped(
                            new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
                    line.setLength(0);
                } else {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            append(stamped("The log broke off: " + e.getMessage()));
        }
    }

    private static String stamped(String line) {
        return "[00:00:00] " + line + "\n";
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("jobId", id);
        document.put("name", name);
        document.put("osType", "Windows");
        document.put("allowFailure", false);
        document.put("status", state);
        return document;
    }
}

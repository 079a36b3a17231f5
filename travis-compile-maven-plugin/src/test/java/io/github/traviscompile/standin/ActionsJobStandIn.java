package io.github.traviscompile.standin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A job of {@link ActionsStandIn}. On a runner its steps are executed one after the other, in bash as the real runner
 * calls it, and actions/checkout by git; else it is what a test sets it to.
 */
public final class ActionsJobStandIn {

    private final long id;
    private final String name;
    private final Map<?, ?> config;
    private final StringBuilder log = new StringBuilder();
    private final List<String> masked = new CopyOnWriteArrayList<>();
    private final Map<String, String> steps = new LinkedHashMap<>();
    private volatile String status = "queued";
    private volatile String conclusion = "";
    private volatile Optional<Process> process = Optional.empty();
    private Optional<Thread> runner = Optional.empty();
    private volatile Keeper keeper = (name, archive) -> false;

    /** @param config the job in the workflow */
    ActionsJobStandIn(long id, Map<?, ?> config) {
        this.id = id;
        this.name = String.valueOf(config.get("name"));
        this.config = config;
    }

    public String name() {
        return name;
    }

    public long id() {
        return id;
    }

    /** The number of its check run. */
    public long checkRun() {
        return id + 500_000;
    }

    public String status() {
        return status;
    }

    public String conclusion() {
        return conclusion;
    }

    /** Sets how far it is: {@code queued}, {@code in_progress}, … */
    public void status(String word) {
        status = word;
        conclusion = "";
    }

    /** It has ended so; what its step {@code leg} did goes with it. */
    public void end(String word, boolean inTheScript) {
        if (inTheScript) {
            step("leg", word);
        }
        conclusion = word;
        status = "completed";
    }

    /** The log as GitHub keeps it, each line with its time. */
    public String log() {
        synchronized (log) {
            return log.toString();
        }
    }

    public void append(String line) {
        String shown = line;
        for (String secret : masked) {
            shown = shown.replace(secret, "***");
        }
        String time = Instant.now().toString().replaceFirst("\\.?\\d*Z$", ".1234567Z");
        synchronized (log) {
            log.append(time).append(' ').append(shown).append('\n');
        }
    }

    /** What the job had hidden in its log. */
    public List<String> masked() {
        return List.copyOf(masked);
    }

    List<Map.Entry<String, String>> steps() {
        synchronized (steps) {
            return List.copyOf(steps.entrySet());
        }
    }

    boolean hasEnded() {
        return status.equals("completed");
    }

    void cancel() {
        if (!hasEnded()) {
            end("cancelled", false);
            process.ifPresent(running -> {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            });
        }
    }

    void await(Duration limit) throws InterruptedException {
        if (runner.isPresent()) {
            runner.get().join(limit.toMillis());
        }
    }

    /** The operating system of its runner, in the words of {@link TravisMachines}. */
    String system() {
        String label = String.valueOf(config.get("runs-on"));
        return label.startsWith("ubuntu") ? "linux" : label.startsWith("macos") ? "osx" : "windows";
    }

    /** Where artifacts go. */
    @FunctionalInterface
    interface Keeper {

        /** Whether there was none of this name. */
        boolean keep(String name, byte[] archive);
    }

    /**
     * Runs it.
     *
     * @param identity variables of the job, by which it asks for its tokens among others
     */
    void start(
            TravisMachines machines,
            Path disk,
            String origin,
            String commit,
            Map<String, String> identity,
            Keeper artifacts) {
        keeper = artifacts;
        Thread thread = new Thread(() -> work(machines, disk, origin, commit, identity), "actions-job-" + name);
        thread.setDaemon(true);
        runner = Optional.of(thread);
        thread.start();
    }

    private void work(TravisMachines machines, Path disk, String origin, String commit, Map<String, String> identity) {
        try {
            status = "in_progress";
            Path home = Files.createDirectories(disk.resolve("home"));
            Path workspace = Files.createDirectories(disk.resolve("work"));
            Files.writeString(
                    home.resolve(".gitconfig"),
                    "[core]\n\tautocrlf = " + system().equals("windows") + "\n[safe]\n\tdirectory = *\n");
            Map<String, String> environment = environment(machines, home, workspace);
            environment.putAll(identity);
            for (Object step : config.get("steps") instanceof List<?> list ? list : List.of()) {
                if (!hasEnded() && !run((Map<?, ?>) step, disk, workspace, environment, origin, commit)) {
                    endUnlessEnded("failure");
                }
            }
            append("Cleaning up orphan processes");
            endUnlessEnded("success");
        } catch (IOException e) {
            append("The runner broke: " + e);
            endUnlessEnded("failure");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was cancelled stays so, though its script failed of it. */
    private void endUnlessEnded(String word) {
        if (!hasEnded()) {
            end(word, false);
        }
    }

    private Map<String, String> environment(TravisMachines machines, Path home, Path workspace) {
        Map<String, String> environment = new TreeMap<>();
        List<String> path = new ArrayList<>(machines.tools().getOrDefault(system(), List.of()).stream()
                .map(Path::toString)
                .toList());
        path.add(System.getenv("PATH"));
        environment.put("PATH", String.join(File.pathSeparator, path));
        environment.put("HOME", home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("CI", "true");
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("GITHUB_WORKSPACE", workspace.toString());
        environment.put("GITHUB_JOB", name);
        environment.put("RUNNER_OS", system().toUpperCase(Locale.ROOT));
        environment.putAll(machines.environment());
        if (config.get("env") instanceof Map<?, ?> variables) {
            variables.forEach((key, value) -> environment.put(key.toString(), value.toString()));
        }
        return environment;
    }

    private boolean run(
            Map<?, ?> step, Path disk, Path workspace, Map<String, String> environment, String origin, String commit)
            throws IOException, InterruptedException {
        Object uses = step.get("uses");
        String title = uses == null ? String.valueOf(step.get("name")) : "Run " + uses;
        append("##[group]Run " + (uses == null ? step.get("run") : uses));
        append("##[endgroup]");
        Path script = disk.resolve("step.sh");
        if (uses == null) {
            Files.writeString(script, step.get("run") + "\n");
        } else if (uses.toString().matches("actions/upload-artifact@[0-9a-f]{40}")) {
            boolean done = upload(new UploadArtifactStandIn(step.get("with")), workspace);
            step(title, done ? "success" : "failure");
            return done;
        } else if (uses.toString().matches("actions/checkout@[0-9a-f]{40}")) {
            Files.writeString(
                    script, "git clone -q --no-checkout '" + origin + "' .\ngit checkout -qf " + commit + "\n");
        } else {
            throw new IOException("This runner does not know the action " + uses + ".");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "--noprofile", "--norc", "-eo", "pipefail", script.toString())
                .directory(workspace.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process running = builder.start();
        process = Optional.of(running);
        running.getOutputStream().close();
        read(running.getInputStream());
        int exit = running.waitFor();
        if (exit != 0) {
            append("##[error]Process completed with exit code " + exit + ".");
        }
        step(title, exit == 0 ? "success" : "failure");
        return exit == 0;
    }

    private boolean upload(UploadArtifactStandIn action, Path workspace) throws IOException {
        int files = action.files(workspace).size();
        if (files == 0) {
            append("##[" + (action.failsWithoutFiles() ? "error" : "warning")
                    + "]No files were found with the provided path: " + action.path()
                    + ". No artifacts will be uploaded.");
            return !action.failsWithoutFiles();
        }
        append("With the provided path, there will be " + files + " files uploaded");
        if (!keeper.keep(action.name(), action.archive(workspace))) {
            append("##[error]Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an"
                    + " artifact with this name already exists on the workflow run");
            return false;
        }
        append("Artifact " + action.name() + " has been successfully uploaded!");
        return true;
    }

    private void step(String title, String result) {
        synchronized (steps) {
            steps.put(title, result);
        }
    }

    private void read(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                readLine(line.toString());
                line.setLength(0);
            } else {
                line.append((char) c);
            }
        }
        if (line.length() > 0) {
            readLine(line.toString());
        }
    }

    /** A command to the runner is done and not shown. */
    private void readLine(String line) {
        String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (text.startsWith("::add-mask::")) {
            masked.add(text.substring("::add-mask::".length()));
        } else {
            append(text);
        }
    }
}

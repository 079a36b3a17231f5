package io.github.traviscompile.ci.local;

import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Runs legs on this machine, with the script of hosted legs. It owns the processes. Its opener closes it, which ends
 * them and their children; at an earlier JVM shutdown, a hook does.
 */
public final class LocalRunner implements AutoCloseable {

    private static final String BASH = "bash";

    /** The tools that run the leg script or that it calls, apart from compilers. */
    public static final List<String> TOOLS = List.of(BASH, "curl", "openssl");

    private static final Duration GRACE = Duration.ofSeconds(3);
    // BASH_ENV and SHELLOPTS would run or print the user's commands inside the script.
    private static final Set<String> NOT_INHERITED = Set.of("BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "CDPATH");

    private final Path bash;
    private final Map<String, String> environment;
    private final ExecutorService executor;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread hook = new Thread(this::endProcesses, "travis-compile-local-stop");

    private LocalRunner(int jobs, Path bash, Map<String, String> environment) {
        this.bash = bash;
        this.environment = environment;
        this.executor = Executors.newFixedThreadPool(jobs, runnable -> {
            Thread thread = new Thread(runnable, "travis-compile-local");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the runner; the caller closes it.
     *
     * @param jobs the number of legs that run at once, at least 1
     * @param environment the variables that legs inherit
     * @throws ActionNeededException if bash, curl or openssl is absent
     */
    public static LocalRunner open(int jobs, Map<String, String> environment) throws ActionNeededException {
        Path bash = requireTool(environment, BASH);
        for (String tool : TOOLS) {
            requireTool(environment, tool);
        }
        Map<String, String> inherited = new TreeMap<>(environment);
        inherited.keySet().removeIf(name -> NOT_INHERITED.contains(name) || name.startsWith("BASH_FUNC_"));
        LocalRunner runner = new LocalRunner(jobs, bash, inherited);
        Runtime.getRuntime().addShutdownHook(runner.hook);
        return runner;
    }

    /**
     * Starts a leg as soon as a slot is free.
     *
     * @return completes with the leg's end, successful or not. It fails with a {@link WorkFailedException} if the
     *     leg could not be run, with a {@link CancellationException} if this runner was closed before
     */
    public CompletableFuture<LegEnd> start(LocalJob job) {
        LegProcess run = new LegProcess(job, new CompletableFuture<>());
        executor.execute(run);
        return run.end;
    }

    /** A queued or running leg. */
    private final class LegProcess implements Runnable {

        private final LocalJob job;
        private final CompletableFuture<LegEnd> end;

        private LegProcess(LocalJob job, CompletableFuture<LegEnd> end) {
            this.job = job;
            this.end = end;
        }

        @Override
        public void run() {
            try {
                end.complete(LocalRunner.this.run(job));
            } catch (IOException e) {
                String message = "The leg '" + job.leg().id() + "' cannot be run in " + job.checkout() + ": ";
                end.completeExceptionally(new WorkFailedException(message + e.getMessage() + ".", e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end.cancel(false);
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        }
    }

    /** Ends running legs with all their children, within a few seconds. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is stopping and runs the hook, which does the same; both may.
        }
        List<Runnable> waiting = executor.shutdownNow();
        endProcesses();
        waiting.forEach(run -> ((LegProcess) run).end.cancel(false));
    }

    private LegEnd run(LocalJob job) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = builder(job).start();
        processes.add(process);
        try {
            if (stopping.get()) {
                end(List.of(process));
            }
            process.getOutputStream().close();
            String lastWords = lastLine(process);
            int status = process.waitFor();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            String whereToLook = "The whole log is " + job.log() + ".";
            return new LegEnd(job.leg(), LegExit.ofStatus(status), lastWords, whereToLook, Optional.empty(), elapsed);
        } finally {
            processes.remove(process);
        }
    }

    private ProcessBuilder builder(LocalJob job) {
        ProcessBuilder builder = new ProcessBuilder(
                        bash.toString(),
                        LegFiles.DIRECTORY + "/leg.sh",
                        job.leg().id())
                .directory(job.checkout().toFile())
                .redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(environment);
        variables.putAll(job.environment());
        variables.put("CARGO_TARGET_DIR", job.targetDirectory().toAbsolutePath().toString());
        variables.put("TCMP_LOG", job.log().toAbsolutePath().toString());
        variables.put("TCMP_URL", job.endpoint().toString());
        variables.put("TCMP_KEY", job.key().revealHex());
        return builder;
    }

    private static String lastLine(Process process) throws IOException {
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        return last;
    }

    private void endProcesses() {
        stopping.set(true);
        end(List.copyOf(processes));
    }

    /** Ends processes. The script ends its children itself on a signal; after the grace period the rest is killed. */
    private static void end(List<Process> processes) {
        List<ProcessHandle> all = processes.stream()
                .map(Process::toHandle)
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Killed below, for any reason.
        }
        all.stream()
                .flatMap(handle -> Stream.concat(handle.descendants(), Stream.of(handle)))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Finds one of {@link #TOOLS}.
     *
     * @param environment the variables that legs inherit
     */
    public static Path requireTool(Map<String, String> environment, String command) throws ActionNeededException {
        SearchPath path = SearchPath.of(environment);
        Optional<Path> found = command.equals(BASH) ? path.findBash() : path.find(command);
        return found.orElseThrow(() -> new ActionNeededException("Compiling on this machine needs " + command
                + ", which was not found in " + path.inWords() + ". Install it"
                + (command.equals(BASH) ? " (on Windows: Git for Windows has it)" : "")
                + ", or let another service compile: " + Parameter.CI + "."));
    }
}

package io.github.traviscompile.ci.local;

import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a tool of this machine for at most a minute, in a given directory and environment. */
record Command(Map<String, String> environment, Path directory) {

    private static final long TIMEOUT_SECONDS = 60;

    /** The result of a tool; {@code status} is 0 on success. */
    record CommandResult(int status, String output, String errors) {
        boolean succeeded() {
            return status == 0;
        }
    }

    CommandResult ask(List<String> words) throws WorkFailedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
                CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    throw new WorkFailedException(
                            words + " did not answer within " + TIMEOUT_SECONDS + " s in " + directory + ".");
                }
                return new CommandResult(process.exitValue(), output.join(), errors.join());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new WorkFailedException(words + " cannot be started in " + directory + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailedException("The build was interrupted during " + words + ".", e);
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.traviscompile.cargo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cargo of this machine, the reference for our own reading. */
final class Cargo {

    private Cargo() {}

    /** Whether there is a cargo that reads TOML 1.1 and edition 2024, so 1.94 or later. */
    static boolean isRecent() {
        try {
            Matcher version = Pattern.compile("cargo 1\\.(\\d+)\\..*", Pattern.DOTALL)
                    .matcher(run(Path.of("."), List.of("cargo", "--version")).orElse(""));
            return version.matches() && Integer.parseInt(version.group(1)) >= 94;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Returns the output of {@code cargo metadata} for a workspace; empty if cargo refuses the project. */
    static Optional<JsonObject> metadata(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("cargo", "metadata", "--offline", "--format-version", "1"));
        command.addAll(List.of(arguments));
        return run(directory, command).map(text -> JsonParser.parseString(text).getAsJsonObject());
    }

    /**
     * Returns the file names of the libraries and executables that {@code cargo build} reports, without Rust-only ones.
     */
    static Set<String> build(Path directory, List<String> packages, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("cargo", "build", "--offline", "--message-format=json"));
        packages.forEach(name -> command.addAll(List.of("--package", name)));
        command.addAll(arguments);
        Set<String> names = new TreeSet<>();
        run(directory, command).orElseThrow().lines().forEach(line -> {
            JsonObject message = JsonParser.parseString(line).getAsJsonObject();
            if (message.get("reason").getAsString().equals("compiler-artifact") && isBuilt(message, packages)) {
                message.getAsJsonArray("filenames").forEach(file -> names.add(fileName(file)));
            }
        });
        names.removeIf(name -> name.endsWith(".rlib") || name.endsWith(".rmeta"));
        return names;
    }

    private static boolean isBuilt(JsonObject message, List<String> packages) {
        String kind = message.getAsJsonObject("target").getAsJsonArray("kind").toString();
        String id = message.get("package_id").getAsString();
        return !kind.contains("custom-build")
                && !kind.contains("proc-macro")
                && packages.stream().anyMatch(name -> id.contains("/" + name + "#") || id.contains("#" + name + "@"));
    }

    private static String fileName(JsonElement file) {
        return Path.of(file.getAsString()).getFileName().toString();
    }

    private static Optional<String> run(Path directory, List<String> command) throws IOException {
        Path errors = Files.createTempFile("cargo", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return Optional.of(output);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }
}

package io.github.traviscompile.cargo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project with packages from folders, from two branches of a git repository and from crates.io. A folder replaces
 * crates.io, so that cargo locks without a network. Names and versions occur in several sources.
 */
public record ManySources(Path project, Path cargoHome) {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** Writes the sources into {@code directory} and runs cargo to lock them for {@code rustVersion}. */
    public static ManySources write(Path directory, String rustVersion) throws IOException, InterruptedException {
        Path crates = directory.resolve("crates-io");
        crate(crates.resolve("itoa-1"), "itoa", "1.0.0", "");
        crate(crates.resolve("itoa-2"), "itoa", "2.0.0+meta.1", "");
        for (String vendored : List.of("itoa-1", "itoa-2")) {
            Files.writeString(
                    crates.resolve(vendored).resolve(".cargo-checksum.json"),
                    "{\"files\":{},\"package\":\"" + DIGEST + "\"}");
        }
        crate(directory.resolve("own"), "itoa", "1.0.0", "");
        Path git = directory.resolve("forked.git");
        crate(git, "forked", "0.3.0", "itoa = '1'\n");
        for (String branch : List.of("next", "fix/x+y")) {
            run(git, List.of("git", "init", "--quiet", "--initial-branch=" + branch));
            run(git, List.of("git", "checkout", "--quiet", "-B", branch));
            run(git, List.of("git", "add", "--all"));
            run(
                    git,
                    List.of(
                            "git",
                            "-c",
                            "user.name=a",
                            "-c",
                            "user.email=a@b.invalid",
                            "commit",
                            "--quiet",
                            "--allow-empty",
                            "--message=" + branch));
        }
        Path project = directory.resolve("app");
        String url = git.toUri().toString().replaceFirst("^file:/+", "file:///").replaceFirst("/$", "");
        crate(project, "app", "0.1.0", """
                itoa = '1'
                itoa_two = { package = 'itoa', version = '2' }
                own = { package = 'itoa', path = '../own' }
                forked = { git = '%1$s', branch = 'next' }
                forked_fixed = { package = 'forked', git = '%1$s', branch = 'fix/x+y' }
                """.formatted(url));
        Path manifest = project.resolve("Cargo.toml");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace(
                                "[dependencies]", "rust-version = '" + rustVersion + "'\n[workspace]\n[dependencies]"));
        Files.createDirectories(project.resolve(".cargo"));
        Files.writeString(project.resolve(".cargo/config.toml"), """
                [source.crates-io]
                replace-with = 'here'
                [source.here]
                directory = '%s'
                """.formatted(crates));
        ManySources sources = new ManySources(project, directory.resolve("cargo-home"));
        sources.cargo("generate-lockfile");
        return sources;
    }

    /** Returns the output of {@code cargo metadata} for the project with all its features. */
    public JsonObject metadata() throws IOException, InterruptedException {
        return JsonParser.parseString(cargo("metadata", "--format-version=1", "--all-features", "--locked"))
                .getAsJsonObject();
    }

    private static void crate(Path directory, String name, String version, String dependencies) throws IOException {
        Files.createDirectories(directory.resolve("src"));
        Files.writeString(directory.resolve("src/lib.rs"), "");
        Files.writeString(
                directory.resolve("Cargo.toml"),
                "[package]\nname = '" + name + "'\nversion = '" + version + "'\nedition = '2021'\n[dependencies]\n"
                        + dependencies);
    }

    private String cargo(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cargo", "--quiet"));
        command.addAll(List.of(arguments));
        return run(project, command);
    }

    private static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("many-sources", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
            // The user's cargo home must not affect the result.
            builder.environment()
                    .put("CARGO_HOME", directory.resolveSibling("cargo-home").toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + Files.readString(errors));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}

package io.github.traviscompile.git;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The git of the machine as an independent reference, with its own home directory. */
final class RealGit {

    private final Path workTree;
    private final Path home;

    RealGit(Path workTree, Path home) {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "git"))),
                "git is on the PATH");
        this.workTree = workTree;
        this.home = home;
    }

    RealGit init() throws Exception {
        run("init", "--quiet");
        return this;
    }

    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "core.autocrlf=false", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        return execute(workTree, home, command);
    }

    static String execute(Path directory, Path home, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("XDG_CONFIG_HOME"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "Nobody");
            builder.environment().put("GIT_" + who + "_EMAIL", "nobody@example.org");
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command + " ended badly: " + output);
        }
        return output;
    }

    /** Returns the tree of all files that are tracked or not ignored, through an index other than the repository's. */
    String treeOfAll() throws IOException, InterruptedException {
        Path index = home.resolve("reference-index");
        Files.deleteIfExists(index);
        Path own = workTree.resolve(".git").resolve("index");
        if (Files.exists(own)) {
            // Git compares the index's own time to find entries that may have changed within one clock tick.
            Files.copy(own, index, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return execute(
                        workTree,
                        home,
                        List.of(
                                "sh",
                                "-c",
                                "GIT_INDEX_FILE='" + index
                                        + "'; export GIT_INDEX_FILE; git add -A . && git write-tree"))
                .strip();
    }

    /** Returns the tracked or not ignored paths in Latin-1, one character per byte. */
    Set<String> files() throws IOException, InterruptedException {
        Set<String> files =
                new TreeSet<>(Arrays.asList(run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
                        .split("\0")));
        files.remove("");
        return files;
    }
}

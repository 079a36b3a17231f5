package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.Legs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A repository of git's own for tests, with commits on our branch. */
final class BareRepository {

    private final Path directory;

    BareRepository(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        git("init", "-q", "--bare", directory.toString());
    }

    String path() {
        return directory.toString();
    }

    /** Commits {@code .travis.yml} alone. */
    String commit(byte[] travisFile, String... message) throws IOException, InterruptedException {
        return commit(new TreeMap<>(Map.of(TravisFile.PATH, travisFile)), String.join(" ", message));
    }

    /** Commits the files as our branch. */
    String commit(SortedMap<String, byte[]> files, String message) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(directory, "work");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = work.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        git("--work-tree", work.toString(), "read-tree", "--empty");
        git("--work-tree", work.toString(), "-c", "core.autocrlf=false", "add", "-A", "-f");
        String tree = git("write-tree").strip();
        String commit = git(
                        "-c", "user.name=t", "-c", "user.email=t@example.org", "commit-tree", tree, "-m", "c" + message)
                .strip();
        git("update-ref", "refs/heads/" + Legs.BRANCH, commit);
        return commit;
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", directory.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }
}

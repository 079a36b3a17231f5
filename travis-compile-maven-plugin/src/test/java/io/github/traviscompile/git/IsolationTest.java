package io.github.traviscompile.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.Sha256;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the snapshot reads, writes and runs on a machine, in its own process with the reader of production. */
class IsolationTest {

    @TempDir
    private Path temporary;

    private Path root;
    private Path home;
    private Path canary;

    @BeforeEach
    void makeDirectories() throws Exception {
        Path real = temporary.toRealPath();
        root = Files.createDirectory(real.resolve("tree"));
        home = Files.createDirectory(real.resolve("home"));
        canary = real.resolve("canary-sang");
    }

    /** The program of the process: lists the tree, takes it twice, checks it out, prints id and paths. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            SnapshotRequest request = SnapshotRequest.of(Path.of(arguments[0]));
            Snapshot.list(request);
            Snapshot.take(request, Path.of(arguments[1])).close();
            try (Snapshot snapshot = Snapshot.take(request, Path.of(arguments[1]))) {
                new Checkout(Path.of(arguments[2])).update(snapshot, snapshot.tree());
                System.out.println(snapshot.tree());
                snapshot.files().forEach(file -> System.out.println(file.path()));
            }
        }
    }

    @Test
    void runsNoProgramOfTheRepository() throws Exception {
        RealGit git = git();
        write("tracked.rs", "1");
        git.run("add", ".");
        write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
        String command = "touch '" + canary + "'";
        write(
                ".git/config",
                String.join(
                        "\n",
                        "[core]",
                        "  repositoryformatversion = 0",
                        "  fsmonitor = \"" + command + "\"",
                        "  hooksPath = \"" + root.resolve("hooks") + "\"",
                        "  sshCommand = \"" + command + "\"",
                        "  editor = \"" + command + "\"",
                        "  pager = \"" + command + "\"",
                        "[filter \"evil\"]",
                        "  clean = \"" + command + "\"",
                        "  smudge = \"" + command + "\"",
                        "  process = \"" + command + "\"",
                        "  required = true",
                        "[diff \"evil\"]",
                        "  textconv = \"" + command + "\"",
                        "[include]",
                        "  path = " + root.resolve("included"),
                        ""));
        write("included", "[core]\n  excludesFile = " + root.resolve("all") + "\n");
        write("all", "*\n");
        for (String hook : List.of("post-index-change", "pre-commit", "post-checkout", "reference-transaction")) {
            executable(root.resolve("hooks").resolve(hook), command);
            executable(root.resolve(".git/hooks").resolve(hook), command);
        }
        assertThat(run(Map.of())).contains("tracked.rs", "included", "all", "hooks/pre-commit");
        assertThat(canary).doesNotExist();
    }

    @Test
    void startsNoProcessAndWritesNothingIntoTheHome() throws Exception {
        git();
        write("a.rs", "1");
        Path path = temporary.resolve("bin");
        for (String tool : List.of("git", "sh", "bash", "jgit", "stat", "cygpath")) {
            executable(path.resolve(tool), "/bin/touch '" + canary + "'");
        }
        long begun = System.nanoTime();
        run(Map.of(
                "PATH", path.toString(), "XDG_CONFIG_HOME", home.resolve("xdg").toString()));
        assertThat(canary).doesNotExist();
        assertThat(state(home)).isEmpty();
        // JGit takes at least three seconds to measure a disk's timestamps, on a fast machine too.
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(60);
    }

    @Test
    void leavesTheRepositoryAsItWas() throws Exception {
        RealGit git = git();
        write("a.rs", "1");
        write("d/b.rs", "1");
        git.run("add", ".");
        git.run("commit", "--quiet", "-m", "one");
        write("a.rs", "stashed");
        git.run("stash", "--quiet");
        write("d/b.rs", "staged");
        git.run("add", ".");
        write("d/b.rs", "unstaged");
        write("untracked", "1");
        SortedMap<String, String> before = state(root);
        run(Map.of());
        assertThat(state(root)).isEqualTo(before);
        assertThat(before).containsKeys(".git/index", ".git/refs/stash", ".git/HEAD", "d/b.rs");
    }

    @Test
    void readsTheUsersExcludesAndNothingElseOfTheConfiguration() throws Exception {
        RealGit git = git();
        for (String name : List.of("a.home", "a.xdg", "a.default", "a.repository", "a.rs", "link")) {
            write(name, "x\r\n");
        }
        String hostile = """
                [core]
                  autocrlf = input
                  fileMode = false
                  symlinks = false
                  bigFileThreshold = 1
                [include]
                  path = included
                """;
        Path xdg = Files.createDirectories(home.resolve(".config/git"));
        Files.writeString(xdg.resolve("ignore"), "*.default\n");
        assertIgnored(git, "a.default", Map.of());

        Files.writeString(
                xdg.resolve("config"), hostile + "[core]\n excludesFile = " + home.resolve("xdg-rules") + "\n");
        Files.writeString(home.resolve("xdg-rules"), "*.xdg\n");
        assertIgnored(git, "a.xdg", Map.of());

        Files.writeString(home.resolve(".gitconfig"), hostile);
        Files.writeString(home.resolve("included"), "[core]\n excludesFile = ~/home-rules\n");
        Files.writeString(home.resolve("home-rules"), "*.home\n");
        assertIgnored(git, "a.home", Map.of());

        Files.writeString(home.resolve("repository-rules"), "*.repository\n");
        git.run("config", "core.excludesFile", "~/repository-rules");
        assertIgnored(git, "a.repository", Map.of());
    }

    @Test
    void findsTheDefaultExcludesBelowXdgConfigHome() throws Exception {
        Path elsewhere = home.resolve("elsewhere");
        Files.createDirectories(elsewhere.resolve("git"));
        Files.writeString(elsewhere.resolve("git/ignore"), "*.o\n");
        write("a.o", "");
        write("a.rs", "");
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", elsewhere.toString());
        assertThat(run(environment)).contains("a.rs").doesNotContain("a.o");
        // The same files outside of any repository, as `git status` lists them in one.
        git();
        assertThat(run(environment)).contains("a.rs").doesNotContain("a.o");
    }

    @Test
    void keepsNamesInALocaleWithoutTheirLetters() throws Exception {
        RealGit git = git();
        write("ä/ö.rs", "1");
        Files.createSymbolicLink(root.resolve("ü"), Path.of("ä/ö.rs"));
        List<String> printed = run(Map.of("LC_ALL", "POSIX"));
        assertThat(printed).first().isEqualTo(git.treeOfAll());
        assertThat(RealGit.execute(
                        root,
                        home,
                        List.of(
                                "diff",
                                "-r",
                                "--exclude=.git",
                                ".",
                                temporary.resolve("out").toString())))
                .isEmpty();
    }

    private void assertIgnored(RealGit git, String ignored, Map<String, String> environment) throws Exception {
        List<String> paths = run(environment);
        assertThat(paths.subList(1, paths.size()))
                .hasSize(5)
                .doesNotContain(ignored)
                .containsExactlyInAnyOrderElementsOf(git.files());
        assertThat(temporary.resolve("out/a.rs")).hasBinaryContent("x\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private List<String> run(Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName(),
                root.toString(),
                temporary.resolve("store").toString(),
                temporary.resolve("out").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("XDG_CONFIG_HOME");
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** Returns kind, content and times of everything below {@code directory}. */
    private static SortedMap<String, String> state(Path directory) throws Exception {
        SortedMap<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory).skip(1)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String content = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        ? Sha256.of(file).hex()
                        : "no file";
                state.put(
                        directory.relativize(file).toString().replace(File.separatorChar, '/'),
                        content + " "
                                + Files.readAttributes(
                                        file, "posix:permissions,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
            }
        }
        return state;
    }

    private RealGit git() throws Exception {
        return new RealGit(root, home).init();
    }

    private void write(String path, String content) throws Exception {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    private static void executable(Path file, String command) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

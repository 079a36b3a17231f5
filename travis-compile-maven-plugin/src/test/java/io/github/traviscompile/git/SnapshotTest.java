package io.github.traviscompile.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.TreeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

    @TempDir
    private Path temporary;

    private Path root;
    private Path home;

    @BeforeEach
    void makeDirectories() throws Exception {
        // Names that a shell or a URI would misread.
        Path real = temporary.toRealPath();
        root = Files.createDirectories(real.resolve("a 'tree' %41 Ünï"));
        home = Files.createDirectories(real.resolve("home"));
    }

    @Test
    void hasTheIdThatGitGives() throws Exception {
        RealGit git = git();
        write("src/lib.rs", "fn main() {}\r\n");
        write("run me.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve("run me.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("empty", "");
        write("ä/ö'\".txt", "ü");
        write("a.b", "1");
        write("a/b", "2");
        write("a0b", "3");
        Files.createSymbolicLink(root.resolve("link"), Path.of("src/lib.rs"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("no/such"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("src/up"), Path.of("../a"));
        Files.write(root.resolve("big"), new byte[9 << 20]);

        try (Snapshot snapshot = take()) {
            assertThat(snapshot.tree().hex()).isEqualTo(git.treeOfAll());
            assertThat(snapshot.files())
                    .hasSize(12)
                    .contains(
                            new SnapshotFile("link", 10, SnapshotFile.Kind.SYMLINK),
                            new SnapshotFile("run me.sh", 10, SnapshotFile.Kind.EXECUTABLE));
            assertThat(snapshot.bytes()).isEqualTo(list().bytes()).isGreaterThan(9 << 20);
        }
        assertThat(RealGit.execute(store(), home, List.of("git", "fsck", "--strict", "--full", "--no-dangling")))
                .isEmpty();
    }

    @Test
    void hasTheSameIdAtAnotherTimeInAnotherPlace() throws Exception {
        write("b", "1");
        write("a/c", "2");
        TreeId first = id();
        Path copy = temporary.toRealPath().resolve("copy");
        Files.createDirectories(copy.resolve("a"));
        Files.writeString(copy.resolve("a/c"), "2");
        Files.writeString(copy.resolve("b"), "1");
        Files.setLastModifiedTime(copy.resolve("b"), FileTime.fromMillis(1));
        try (Snapshot second = take(SnapshotRequest.of(copy))) {
            assertThat(second.tree()).isEqualTo(first);
        }
    }

    @Test
    void takesBytesAsTheyAre() throws Exception {
        git();
        write(".gitattributes", "* text=auto eol=crlf\n*.bin filter=lfs diff=lfs merge=lfs -text\n*.rs ident\n");
        write("crlf.txt", "a\r\nb\n");
        write("x.bin", "version https://git-lfs.github.com/spec/v1\n");
        write("x.rs", "$Id$");
        try (Snapshot snapshot = take()) {
            Path out = temporary.resolve("out");
            new Checkout(out).update(snapshot, snapshot.tree());
            for (String name : List.of("crlf.txt", "x.bin", "x.rs", ".gitattributes")) {
                assertThat(out.resolve(name)).hasSameBinaryContentAs(root.resolve(name));
            }
        }
    }

    @Test
    void takesNamesOfAnyBytes() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "names are bytes here");
        RealGit git = git();
        RealGit.execute(
                root,
                home,
                List.of(
                        "bash",
                        "-c",
                        "printf 1 > $'\\xff\\xfe.rs'; printf 2 > $'new\\nline'; mkdir $'d\\x80'; "
                                + "printf 3 > $'d\\x80/\\xc3'; ln -s $'d\\x80/\\xc3' $'l\\xc3'; printf 4 > 'q?'; printf 5 > $'\\xef\\xbf\\xbd'"));
        try (Snapshot snapshot = take()) {
            assertThat(snapshot.tree().hex()).isEqualTo(git.treeOfAll());
            Path out = Files.createDirectory(temporary.resolve("out"));
            new Checkout(out).update(snapshot, snapshot.tree());
            assertThat(RealGit.execute(root, home, List.of("diff", "-r", "--exclude=.git", ".", out.toString())))
                    .isEmpty();
        }
    }

    @Test
    void takesTrackedFilesThoughIgnoredAndNoDeletedOnes() throws Exception {
        RealGit git = git();
        write("tracked.log", "old");
        write("logs/deep/tracked.log", "1");
        write("gone", "1");
        git.run("add", ".");
        write(".gitignore", "*.log\nlogs/\n");
        write("tracked.log", "new");
        write("logs/other", "1");
        write("logs/deep/other.log", "1");
        write("other.log", "1");
        Files.delete(root.resolve("gone"));

        assertThat(paths()).containsExactly(".gitignore", "logs/deep/tracked.log", "tracked.log");
        assertThat(id().hex()).isEqualTo(git.treeOfAll());
    }

    @Test
    void takesCargoLockAlways() throws Exception {
        git();
        write(".gitignore", "Cargo.lock\ninner/\n");
        write("Cargo.lock", "version = 4");
        write("inner/Cargo.lock", "version = 4");
        write("inner/other", "");
        assertThat(paths()).containsExactly(".gitignore", "Cargo.lock");
        SnapshotRequest widened = new SnapshotRequest(
                root, List.of(), List.of("src/**"), List.of("**/*.lock"), Set.of("inner/Cargo.lock"), Set.of());
        assertThat(paths(widened)).containsExactly("inner/Cargo.lock");
    }

    @Test
    void leavesOutBuildOutput() throws Exception {
        write("Cargo.toml", "");
        write("target/debug/x", "");
        write("java/pom.xml", "");
        write("java/target/classes/X", "");
        write("src/target/mod.rs", "");
        write("cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# by somebody");
        write("cache/x", "");
        write("nocache/CACHEDIR.TAG", "Signature: other");
        write("out/put", "");
        SnapshotRequest request = new SnapshotRequest(
                root, List.of(root.resolve("java/../out")), List.of(), List.of(), Set.of(), Set.of());
        assertThat(paths(request))
                .containsExactly("Cargo.toml", "java/pom.xml", "nocache/CACHEDIR.TAG", "src/target/mod.rs");
    }

    @Test
    void warnsOfTrackedFilesInATargetDirectory() throws Exception {
        RealGit git = git();
        write("Cargo.toml", "");
        write("target/x.rs", "");
        git.run("add", ".");
        assertThat(list().warnings())
                .singleElement()
                .asString()
                .contains("'target'")
                .endsWith(".");
    }

    @Test
    void appliesTheRulesAboveTheRoot() throws Exception {
        RealGit git = git();
        write(".gitignore", "\uFEFF*.a\n/crate/only.b\ncrate/deep/**/x\n");
        write("crate/.gitignore", "!keep.a\n");
        write(".git/info/exclude", "*.c\n");
        for (String name : List.of("1.a", "keep.a", "only.b", "sub/only.b", "1.c", "deep/x", "y")) {
            write("crate/" + name, "");
        }
        SnapshotRequest crate = SnapshotRequest.of(root.resolve("crate"));
        assertThat(paths(crate)).containsExactly(".gitignore", "keep.a", "sub/only.b", "y");
        assertThat(new RealGit(root.resolve("crate"), home).files()).containsExactlyElementsOf(paths(crate));
        assertThat(git.files()).contains("crate/keep.a");
    }

    @Test
    void ignoresARepositoryThatIgnoresTheWholeRoot() throws Exception {
        git();
        write(".gitignore", "/scratch/\n*.rs\n");
        write("scratch/crate/src/lib.rs", "");
        assertThat(paths(SnapshotRequest.of(root.resolve("scratch/crate")))).containsExactly("src/lib.rs");
    }

    @Test
    void appliesIncludesAndExcludes() throws Exception {
        for (String name : List.of("a/x.rs", "a/x.txt", "b/y.rs", "b/assets/z.rs", "c.rs")) {
            write(name, "");
        }
        RealGit.execute(root, home, List.of("mkfifo", "b/assets/pipe"));
        SnapshotRequest request = new SnapshotRequest(
                root, List.of(), List.of("**/*.rs"), List.of("b/assets/", "c*"), Set.of(), Set.of());
        assertThat(paths(request)).containsExactly("a/x.rs", "b/y.rs");
    }

    @Test
    void leavesOutForbiddenFiles() throws Exception {
        git();
        write("token", "a token without a known form");
        write("kept", "");
        Path unreal = root.resolve("../" + root.getFileName()).resolve("token");
        SnapshotRequest request =
                new SnapshotRequest(root, List.of(unreal), List.of(), List.of(), Set.of("token"), Set.of());
        assertThat(paths(request)).containsExactly("kept");
    }

    @Test
    void takesANestedRepositoryByItsOwnRules() throws Exception {
        RealGit git = git();
        write(".gitignore", "*.outer\n");
        write("nested/.gitignore", "*.inner\n");
        new RealGit(root.resolve("nested"), home).init();
        for (String name : List.of("1.outer", "nested/1.outer", "nested/1.inner", "nested/x")) {
            write(name, "");
        }
        assertThat(paths()).containsExactly(".gitignore", "nested/.gitignore", "nested/1.outer", "nested/x");
        assertThat(git.files()).contains("nested/");
    }

    @Test
    void takesASubmoduleThatIsCheckedOutAndRefusesOneThatIsNot() throws Exception {
        Path library = Files.createDirectory(temporary.toRealPath().resolve("library"));
        Files.writeString(library.resolve("lib.rs"), "1");
        RealGit other = new RealGit(library, home).init();
        other.run("add", ".");
        other.run("commit", "--quiet", "-m", "one");
        RealGit git = git();
        git.run("submodule", "--quiet", "add", library.toString(), "vendor/lib");
        assertThat(paths()).containsExactly(".gitmodules", "vendor/lib/lib.rs");

        git.run("submodule", "--quiet", "deinit", "--force", "vendor/lib");
        assertThatThrownBy(this::list)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'vendor/lib'")
                .hasMessageContaining("git submodule update --init -- vendor/lib")
                .hasMessageContaining("<excludes> (-Dtravis-compile.excludes)")
                .hasMessageEndingWith(".");
        SnapshotRequest without =
                new SnapshotRequest(root, List.of(), List.of(), List.of("vendor/**"), Set.of(), Set.of());
        assertThat(paths(without)).containsExactly(".gitmodules");
    }

    @Test
    void readsTheIndexOfALinkedWorkingTree() throws Exception {
        RealGit git = git();
        write("tracked", "");
        git.run("add", ".");
        git.run("commit", "--quiet", "-m", "one");
        Path linked = temporary.toRealPath().resolve("linked");
        git.run("worktree", "add", "--quiet", linked.toString());
        write(".git/info/exclude", "tracked\nother\n");
        Files.writeString(linked.resolve("other"), "");
        assertThat(paths(SnapshotRequest.of(linked))).containsExactly("tracked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../outside", "d/../../outside", "in/../../outside", "to-up/outside"})
    void refusesALinkThatLeavesTheTree(String target) throws Exception {
        write("d/x", "");
        write("e/f/x", "");
        Files.createSymbolicLink(root.resolve("in"), Path.of("e"));
        Files.createSymbolicLink(root.resolve("to-up"), Path.of("e/f/../../.."));
        Files.createSymbolicLink(root.resolve("bad"), Path.of(target));
        assertThatThrownBy(this::take)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'bad' leads out of the snapshot, to '" + target + "'")
                .hasMessageEndingWith(".");
    }

    @Test
    void followsLinksAsTheKernelDoes() throws Exception {
        write("e/f/x", "");
        Files.createSymbolicLink(root.resolve("in"), Path.of("e/f"));
        // Lexically this stays inside; through the link it is e/x.
        Files.createSymbolicLink(root.resolve("fine"), Path.of("in/../../in/x"));
        Files.createSymbolicLink(root.resolve("ping"), Path.of("pong"));
        Files.createSymbolicLink(root.resolve("pong"), Path.of("ping"));
        assertThat(paths()).containsExactly("e/f/x", "fine", "in", "ping", "pong");
    }

    @Test
    void skipsSpecialFilesAsGitDoes() throws Exception {
        RealGit git = git();
        write("file", "");
        RealGit.execute(root, home, List.of("mkfifo", "pipe"));
        assertThat(paths()).containsExactly("file").containsExactlyElementsOf(git.files());
    }

    @Test
    void refusesAnUnreadableFile() throws Exception {
        write("secret", "");
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(root.resolve("secret")), "needs the right to be refused, which root lacks");
        assertThatThrownBy(this::take)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("'secret' cannot be read: permission denied");
    }

    @Test
    void refusesANameThatGitCannotStore() throws Exception {
        write(".GIT/config", "");
        assertThatThrownBy(this::take).isInstanceOf(ActionNeededException.class).hasMessageContaining("'.GIT/config'");
    }

    @Test
    void warnsOfNamesThatOtherSystemsCannotStore() throws Exception {
        write("README", "1");
        write("readme", "2");
        write("aux.rs", "");
        assertThat(list().warnings())
                .anyMatch(warning -> warning.contains("'README' and 'readme'"))
                .anyMatch(warning -> warning.contains("'aux.rs' cannot exist on Windows"))
                .allMatch(warning -> warning.endsWith("."));
    }

    @Test
    void refusesAnIndexThatItCannotRead() throws Exception {
        git();
        write(".git/index", "nonsense");
        assertThatThrownBy(this::take)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("index")
                .hasMessageEndingWith(".");
    }

    @Test
    void wrapsTheSnapshotAndOtherFiles() throws Exception {
        write("x/y", "1");
        try (Snapshot snapshot = take()) {
            TreeId wrapped = snapshot.wrap(
                    new TreeMap<>(Map.of(".travis-compile/leg.sh", "echo".getBytes(UTF_8), "zz", "2".getBytes(UTF_8))));
            Path out = temporary.resolve("out");
            new Checkout(out).update(snapshot, wrapped);
            assertThat(out.resolve("source/x/y")).hasContent("1");
            assertThat(out.resolve(".travis-compile/leg.sh")).hasContent("echo");
            assertThat(snapshot.wrap(new TreeMap<>(
                            Map.of(".travis-compile/leg.sh", "echo".getBytes(UTF_8), "zz", "2".getBytes(UTF_8)))))
                    .isEqualTo(wrapped)
                    .isNotEqualTo(snapshot.tree());
        }
    }

    @Test
    void refusesToTakeASecretAndStoresNothing() throws Exception {
        write("src/main.rs", "fn main() {}\n");
        write("a/.env", "PASSWORD=hunter2");
        write("notes.txt", "one\ntwo ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8" + "\n");
        assertThatThrownBy(this::take)
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("a/.env (a file of passwords or tokens)")
                .hasMessageContaining("notes.txt:2 (a GitHub token)")
                .hasMessageContaining("<allowedSecrets> (-Dtravis-compile.allowedSecrets)")
                .hasMessageEndingWith(".")
                .hasMessageNotContaining("a1B2c3")
                .hasMessageNotContaining("hunter2");
        try (Stream<Path> stored = Files.walk(store())) {
            assertThat(stored.filter(file -> file.toString().contains("insert_")
                            || file.toString().endsWith(".pack")))
                    .isEmpty();
        }
        assertThat(list().secrets()).hasSize(2);
        SnapshotRequest allowing =
                new SnapshotRequest(root, List.of(), List.of(), List.of(), Set.of(), Set.of("a/.env", "notes.txt"));
        try (Snapshot snapshot = take(allowing)) {
            assertThat(snapshot.files()).hasSize(3);
        }
    }

    /** Counted property: set {@code -Dsnapshot.trees} for a larger number. */
    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(Integer.getInteger("snapshot.trees", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithGitOnIgnoredFiles(long seed) throws Exception {
        Random random = new Random(seed);
        RealGit git = git();
        List<String> names = List.of("a", "b", "a.o", "b.o", "build", ".h", "a b", "[x]", "ä");
        List<String> rules = List.of(
                "*.o",
                "!a.o",
                "/a",
                "build/",
                "a/**",
                "**/b",
                "a/*/b",
                "!/a/",
                "[ab]",
                "\\[x]",
                "a\\ b",
                "?",
                "# c",
                "",
                "!b",
                "/build/*",
                "!/build/a",
                ".h",
                "a/b/",
                "*",
                "!*/",
                "ä",
                "b ",
                "**/a/**",
                "[!a].o");
        for (int i = 0; i < 60; i++) {
            StringBuilder path = new StringBuilder(pick(names, random));
            for (int depth = random.nextInt(4); depth > 0; depth--) {
                path.append('/').append(pick(names, random));
            }
            tryWrite(path.toString());
        }
        for (String directory : List.of("", "a/", "build/", "a/b/")) {
            if (Files.isDirectory(root.resolve(directory)) && (directory.isEmpty() || random.nextBoolean())) {
                List<String> chosen = new ArrayList<>();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    chosen.add(pick(rules, random));
                }
                Files.write(root.resolve(directory).resolve(".gitignore"), chosen);
            }
        }
        if (random.nextBoolean()) {
            git.run("add", "--force", "--all", pick(topLevel(), random));
        }
        Set<String> mine = new java.util.TreeSet<>();
        WorkingTree.list(request(), users())
                .files()
                .forEach(file -> mine.add(file.path().latin1()));
        assertThat(mine).as("seed %d", seed).isEqualTo(git.files());
    }

    private List<String> topLevel() throws Exception {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".git") && !name.startsWith("["))
                    .sorted()
                    .toList();
        }
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private void tryWrite(String path) throws Exception {
        Path parent = root;
        for (Path name : Path.of(path)) {
            if (Files.isRegularFile(parent)) {
                return;
            }
            parent = parent.resolve(name);
        }
        if (!Files.exists(root.resolve(path))) {
            write(path, path);
        }
    }

    private RealGit git() throws Exception {
        return new RealGit(root, home).init();
    }

    private void write(String path, String content) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(UTF_8));
    }

    private Path store() {
        return temporary.resolve("store");
    }

    private UserExcludes users() {
        return new UserExcludes(home, home.resolve(".config"));
    }

    private SnapshotRequest request() {
        return SnapshotRequest.of(root);
    }

    private Snapshot take() throws Exception {
        return take(request());
    }

    private Snapshot take(SnapshotRequest request) throws Exception {
        return Snapshot.take(request, store(), users());
    }

    private TreeId id() throws Exception {
        try (Snapshot snapshot = take()) {
            return snapshot.tree();
        }
    }

    private SnapshotListing list() throws Exception {
        return Snapshot.list(request(), users());
    }

    private List<String> paths() throws Exception {
        return paths(request());
    }

    private List<String> paths(SnapshotRequest request) throws Exception {
        return Snapshot.list(request, users()).files().stream()
                .map(SnapshotFile::path)
                .toList();
    }
}

package io.github.traviscompile.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path temporary;

    private Path root;
    private Path out;

    @BeforeEach
    void makeDirectories() throws Exception {
        root = Files.createDirectory(temporary.toRealPath().resolve("in"));
        out = temporary.toRealPath().resolve("o ü t");
    }

    @Test
    void touchesOnlyWhatChanged() throws Exception {
        write("same", "1");
        write("d/changed", "1");
        Files.createSymbolicLink(root.resolve("link"), Path.of("same"));
        update();
        age();
        write("d/changed", "2");
        write("new", "3");
        update();

        assertThat(modified("same")).isEqualTo(LONG_AGO);
        assertThat(modified("link")).isEqualTo(LONG_AGO);
        assertThat(modified("d/changed")).isGreaterThan(LONG_AGO);
        assertThat(files()).containsExactly("d", "d/changed=2", "link->same", "new=3", "same=1");
    }

    @Test
    void restoresEditedFiles() throws Exception {
        write("a", "12345");
        write("b", "1");
        update();
        FileTime before = modified("a");
        Files.writeString(out.resolve("a"), "54321");
        Files.setLastModifiedTime(out.resolve("a"), before);
        Files.delete(out.resolve("b"));
        update();
        assertThat(files()).containsExactly("a=12345", "b=1");
    }

    @Test
    void removesDeletedAndUnknownFiles() throws Exception {
        write("keep/x", "1");
        write("gone/y", "1");
        update();
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "");
        Files.createSymbolicLink(out.resolve("keep/stranger"), elsewhere);
        Files.createDirectories(out.resolve("target/debug/deps"));
        Files.writeString(out.resolve("target/debug/deps/x.o"), "");
        Files.delete(root.resolve("gone/y"));
        update();
        assertThat(files()).containsExactly("keep", "keep/x=1");
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void changesTheTypeOfAPath() throws Exception {
        write("a", "file");
        write("b/x", "directory");
        Files.createSymbolicLink(root.resolve("c"), Path.of("a"));
        update();
        for (String name : List.of("a", "b/x", "b", "c")) {
            Files.delete(root.resolve(name));
        }
        write("a/x", "directory");
        Files.createSymbolicLink(root.resolve("b"), Path.of("c"));
        write("c", "file");
        update();
        assertThat(files()).containsExactly("a", "a/x=directory", "b->c", "c=file");
    }

    @Test
    void setsAndClearsTheExecutableBitWithoutWritingTheFile() throws Exception {
        write("run", "1");
        update();
        age();
        Files.setPosixFilePermissions(root.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        update();
        assertThat(out.resolve("run")).isExecutable();
        Files.setPosixFilePermissions(root.resolve("run"), PosixFilePermissions.fromString("rw-r--r--"));
        update();
        assertThat(Files.getPosixFilePermissions(out.resolve("run")).toString()).doesNotContain("EXECUTE");
        assertThat(modified("run")).isEqualTo(LONG_AGO);
    }

    @Test
    void writesNothingThroughALink() throws Exception {
        write("d/x", "new");
        write("f", "new");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x"), "old");
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("d"), elsewhere);
        Files.createSymbolicLink(out.resolve("f"), elsewhere.resolve("x"));
        Files.createLink(out.resolve("hard"), elsewhere.resolve("x"));
        update();
        assertThat(elsewhere.resolve("x")).hasContent("old");
        assertThat(files()).containsExactly("d", "d/x=new", "f=new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ".git", ".GIT", "/etc", "a/b", ""})
    void refusesAHostileName(String name) throws Exception {
        refuses(List.of(name), "100644");
    }

    @Test
    void refusesDuplicatesDisorderAndSubmodules() throws Exception {
        refuses(List.of("a", "a"), "100644");
        refuses(List.of("b", "a"), "100644");
        refuses(List.of("a"), "160000");
    }

    private void refuses(List<String> names, String mode) throws Exception {
        try (Snapshot snapshot = take();
                PackInserter inserter = snapshot.store().newInserter()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, "evil".getBytes(UTF_8));
            ByteArrayOutputStream tree = new ByteArrayOutputStream();
            for (String name : names) {
                tree.write((mode + " " + name + "\0").getBytes(UTF_8));
                blob.copyRawTo(tree);
            }
            ObjectId id = inserter.insert(Constants.OBJ_TREE, tree.toByteArray());
            inserter.flush();
            assertThatThrownBy(() -> new Checkout(out).update(snapshot, new TreeId(id.name())))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContaining(id.name())
                    .hasMessageEndingWith(".");
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void reportsWhereItCannotWrite() throws Exception {
        write("x", "1");
        Files.writeString(temporary.resolve("file"), "");
        out = temporary.resolve("file").resolve("out");
        assertThatThrownBy(this::update)
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContaining(out + ": ")
                .hasMessageEndingWith(".");
    }

    private Snapshot take() throws Exception {
        return Snapshot.take(
                SnapshotRequest.of(root),
                temporary.resolve("store"),
                new UserExcludes(temporary.resolve("home"), temporary.resolve("home")));
    }

    private void update() throws Exception {
        try (Snapshot snapshot = take()) {
            new Checkout(out).update(snapshot, snapshot.tree());
        }
    }

    private void write(String path, String content) throws Exception {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    /** Backdates every file of the checkout, so that a write shows. */
    private void age() throws Exception {
        RealGit.execute(out, temporary, List.of("find", ".", "-exec", "touch", "-h", "-d", "@1000000000", "{}", "+"));
    }

    private FileTime modified(String path) throws Exception {
        return Files.getLastModifiedTime(out.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    private List<String> files() throws Exception {
        List<String> files = new ArrayList<>();
        if (!Files.exists(out)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(out).skip(1).sorted()) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = out.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isSymbolicLink(file)) {
                    files.add(name + "->" + Files.readSymbolicLink(file));
                } else {
                    files.add(Files.isDirectory(file) ? name : name + "=" + Files.readString(file));
                }
            }
        }
        return files;
    }
}

package io.github.traviscompile.packaging;

import static io.github.traviscompile.packaging.SampleFiles.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.Tmpfs;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {

    @TempDir
    Path temp;

    @Test
    void theBytesDependOnNamesContentsModesAndTimeOnly() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("one"));
        List<ArchiveFile> others =
                new ArrayList<>(SampleFiles.in(temp.resolve("a folder's \"näme\""), TIME.plusSeconds(99)));
        Collections.reverse(others);
        for (ArchiveFile file : others) {
            SampleFiles.restrict(file.content());
        }

        Sha256 first = TarGz.write(temp.resolve("first.tar.gz"), files, TIME);
        Sha256 second = TarGz.write(temp.resolve("out/second.tar.gz"), others, TIME);

        assertThat(second).isEqualTo(first).isEqualTo(Sha256.of(temp.resolve("out/second.tar.gz")));
        assertThat(temp.resolve("first.tar.gz")).hasSameBinaryContentAs(temp.resolve("out/second.tar.gz"));
    }

    @Test
    void theBytesAreTheSameOnEveryHost() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        Sha256 expected = TarGz.write(temp.resolve("here.tar.gz"), files, TIME);

        assertThat(elsewhere(files, "-Duser.timezone=Pacific/Apia", "-Duser.language=tr", "-Duser.country=TR"))
                .isEqualTo(expected.hex());
        assertThat(elsewhere(files, "-Duser.name=mallory", "-Dfile.encoding=ISO-8859-1", "-Duser.language=th"))
                .isEqualTo(expected.hex());
    }

    @Test
    void theTarUnderTheCompressionIsPinned() throws Exception {
        TarGz.write(temp.resolve("a.tar.gz"), SampleFiles.in(temp.resolve("in")), TIME);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(temp.resolve("a.tar.gz")))) {
            assertThat(Sha256.of(in.readAllBytes()).hex())
                    .isEqualTo("e3517071dbc76bb323d433db321c5c5486b649f2089a0379358bfe31fbd7f2bb");
        }
    }

    @Test
    void theGzipHeaderNamesNoFileNoTimeAndNoSystem() throws Exception {
        TarGz.write(temp.resolve("a.tar.gz"), List.of(), TIME);
        assertThat(Arrays.copyOf(Files.readAllBytes(temp.resolve("a.tar.gz")), 10))
                .as("RFC 1952, 2.3: magic, deflate, no flags, MTIME 0, XFL 0, OS 255 (unknown)")
                .isEqualTo(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    }

    @Test
    void entriesAreSortedAndCarryModeTimeAndNoOwner() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        TarGz.write(temp.resolve("a.tar.gz"), files, TIME);

        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = open(temp.resolve("a.tar.gz"))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                ArchiveFile file = files.stream()
                        .filter(f -> f.name().equals(tar.getCurrentEntry().getName()))
                        .findFirst()
                        .orElseThrow();
                names.add(entry.getName());
                assertThat(entry.getMode()).isEqualTo(file.executable() ? 0100755 : 0100644);
                assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(Instant.parse("2026-11-22T01:02:03Z"));
                assertThat(List.of(entry.getUserName(), entry.getGroupName())).containsOnly("");
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(tar.readAllBytes()).isEqualTo(Files.readAllBytes(file.content()));
            }
        }
        assertThat(names).isSorted().hasSameSizeAs(files);
    }

    @Test
    void gnuTarUnpacksModesTimesAndNames() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/tar")), "needs tar");
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        TarGz.write(temp.resolve("a.tar.gz"), files, TIME);
        Files.createDirectory(temp.resolve("out"));

        Process tar = new ProcessBuilder("/bin/tar", "-xzpf", "../a.tar.gz")
                .directory(temp.resolve("out").toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(tar.waitFor()).isZero();
        for (ArchiveFile file : files) {
            Path unpacked = temp.resolve("out").resolve(file.name());
            assertThat(unpacked).hasSameBinaryContentAs(file.content());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                    .isEqualTo(file.executable() ? "rwxr-xr-x" : "rw-r--r--");
            assertThat(Files.getLastModifiedTime(unpacked).toInstant()).isEqualTo("2026-11-22T01:02:03Z");
        }
    }

    @Test
    void aLargeFileIsPackedInConstantMemory() throws Exception {
        Path large = temp.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        List<ArchiveFile> files = List.of(new ArchiveFile("libfoo.a", large, false, Optional.of(Sha256.of(large))));

        assertThat(elsewhere(files, "-Xmx24m")).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameBytesAreNotWrittenAgain() throws Exception {
        Path target = temp.resolve("a.tar.gz");
        FileTime past = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
        TarGz.write(target, SampleFiles.in(temp.resolve("in")), TIME);
        Files.setLastModifiedTime(target, past);

        TarGz.write(target, SampleFiles.in(temp.resolve("in")), TIME);
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(past);

        TarGz.write(target, SampleFiles.in(temp.resolve("in")), TIME.plusSeconds(1));
        assertThat(Files.getLastModifiedTime(target)).isGreaterThan(past);
    }

    @Test
    void aFileOfAnotherDigestIsRefusedAndTheOldArchiveStays() throws Exception {
        Path target = temp.resolve("out/a.tar.gz");
        Path library = Files.writeString(temp.resolve("libfoo.so"), "delivered");
        Sha256 delivered = Sha256.of(library);
        ArchiveFile file = new ArchiveFile("libfoo.so", library, true, Optional.of(delivered));
        Sha256 old = TarGz.write(target, List.of(file), TIME);
        Files.writeString(library, "altered!!");

        assertThatThrownBy(() -> TarGz.write(target, List.of(file), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll(
                        library.toString(), delivered.hex(), Sha256.of(library).hex());
        assertThat(Sha256.of(target)).isEqualTo(old);
        assertThat(list(temp.resolve("out"))).containsExactly("a.tar.gz");
    }

    @Test
    void reportsAMissingFile() {
        Path gone = temp.resolve("gone.so");
        assertThatThrownBy(() -> TarGz.write(
                        temp.resolve("a.tar.gz"),
                        List.of(new ArchiveFile("gone.so", gone, true, Optional.empty())),
                        TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessage("The file '" + gone + "' could not be packed: no such file, '" + gone
                        + "'. Run the build again.");
        assertThat(list(temp)).isEmpty();
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws Exception {
        Path one = Files.writeString(temp.resolve("one"), "1");
        Path two = Files.writeString(temp.resolve("two"), "2");
        assertThatThrownBy(() -> TarGz.write(
                        temp.resolve("a.tar.gz"),
                        List.of(
                                new ArchiveFile("README", one, true, Optional.empty()),
                                new ArchiveFile("README", two, false, Optional.empty())),
                        TIME))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("'README' twice", one.toString(), two.toString(), "<packages>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a/./b",
                ".",
                "..",
                "a//b",
                "a/",
                "C:x",
                "a\\b",
                "a\nb",
                "a\0b",
                "\u0085"
            })
    void aNameThatCouldLeaveTheFolderIsRefused(String name) {
        assertThatThrownBy(() -> new ArchiveFile(name, temp, false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void reportsAFullDiskAndLeavesNothing() throws Exception {
        Path content = temp.resolve("noise");
        byte[] noise = new byte[2 << 20];
        new Random(7).nextBytes(noise);
        Files.write(content, noise);
        try (Tmpfs small = Tmpfs.mount(temp.resolve("small"), "size=1m")) {
            assertThatThrownBy(() -> TarGz.write(
                            small.folder().resolve("a.tar.gz"),
                            List.of(new ArchiveFile("noise", content, false, Optional.empty())),
                            TIME))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContainingAll("a.tar.gz", "No space left on device", "<outputDirectory>");
            assertThat(list(small.folder())).isEmpty();
        }
    }

    @Test
    void reportsAReadOnlyFolder() throws Exception {
        try (Tmpfs fixed = Tmpfs.mount(temp.resolve("fixed"), "ro")) {
            assertThatThrownBy(() -> TarGz.write(fixed.folder().resolve("a.tar.gz"), List.of(), TIME))
                    .isInstanceOf(WorkFailedException.class)
                    .hasMessageContainingAll("a.tar.gz", "Read-only file system", "<outputDirectory>");
        }
    }

    @Test
    void reportsAFileInPlaceOfTheFolder() throws Exception {
        Files.writeString(temp.resolve("target"), "not a folder");
        assertThatThrownBy(() -> TarGz.write(temp.resolve("target/a.tar.gz"), List.of(), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("a.tar.gz", "file already exists", "<outputDirectory>");
    }

    private String elsewhere(List<ArchiveFile> files, String... options) throws Exception {
        return SampleFiles.packElsewhere(temp.resolve("elsewhere.tar.gz"), files, TIME, options);
    }

    private static TarArchiveInputStream open(Path archive) throws IOException {
        return new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))),
                StandardCharsets.UTF_8.name());
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

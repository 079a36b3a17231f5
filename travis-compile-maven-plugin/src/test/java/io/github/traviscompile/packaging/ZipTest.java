package io.github.traviscompile.packaging;

import static io.github.traviscompile.packaging.SampleFiles.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipTest {

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

        Sha256 first = Zip.write(temp.resolve("first.zip"), files, TIME);
        Sha256 second = Zip.write(temp.resolve("out/second.zip"), others, TIME);

        assertThat(second).isEqualTo(first).isEqualTo(Sha256.of(temp.resolve("out/second.zip")));
        assertThat(temp.resolve("first.zip")).hasSameBinaryContentAs(temp.resolve("out/second.zip"));
    }

    @Test
    void theBytesAreTheSameOnEveryHost() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        String expected = Zip.write(temp.resolve("here.zip"), files, TIME).hex();

        assertThat(elsewhere(files, TIME, "-Duser.timezone=Pacific/Apia", "-Duser.language=tr", "-Duser.country=TR"))
                .isEqualTo(expected);
        assertThat(elsewhere(files, TIME, "-Duser.name=mallory", "-Dfile.encoding=ISO-8859-1", "-Duser.language=th"))
                .isEqualTo(expected);
    }

    /** Clocks there skipped an hour, and in Apia a day. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30:00Z, Europe/Berlin",
        "2011-12-30T12:00:00Z, Pacific/Apia",
        "1979-12-31T23:30:00Z, Asia/Tokyo",
        "1980-01-01T00:00:00Z, America/New_York",
        "2108-01-01T00:00:00Z, America/New_York"
    })
    void noTimeDependsOnTheZoneOfTheHost(Instant time, String zone) throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        assertThat(elsewhere(files, time, "-Duser.timezone=" + zone))
                .isEqualTo(elsewhere(files, time, "-Duser.timezone=UTC"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T01:02:03.456Z, 2026-11-22T01:02:02",
        "1980-02-01T00:00:00Z, 1980-02-01T00:00",
        "0001-01-01T00:00:00Z, 1980-01-01T00:00:02",
        "1980-01-01T00:00:01Z, 1980-01-01T00:00:02",
        "9999-01-01T00:00:00Z, 2107-12-31T23:59:58"
    })
    void timesAreInUtcWithinTheRangeOfAZip(Instant time, LocalDateTime expected) throws Exception {
        Zip.write(temp.resolve("a.zip"), SampleFiles.in(temp.resolve("in")), time);
        try (java.util.zip.ZipFile zip =
                new java.util.zip.ZipFile(temp.resolve("a.zip").toFile(), StandardCharsets.UTF_8)) {
            assertThat(zip.stream()).hasSize(6).allSatisfy(entry -> {
                assertThat(entry.getTimeLocal()).isEqualTo(expected);
                assertThat(entry.getExtra()).isNull();
            });
        }
    }

    @Test
    void entriesAreSortedAndCarryModes() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        Zip.write(temp.resolve("a.zip"), files, TIME);

        try (ZipFile zip = ZipFile.builder().setPath(temp.resolve("a.zip")).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
            assertThat(entries)
                    .extracting(ZipArchiveEntry::getName)
                    .isSorted()
                    .containsExactlyInAnyOrderElementsOf(
                            files.stream().map(ArchiveFile::name).toList());
            for (ZipArchiveEntry entry : entries) {
                ArchiveFile file = find(files, entry.getName());
                assertThat(entry.getPlatform()).isEqualTo(ZipArchiveEntry.PLATFORM_UNIX);
                assertThat(entry.getUnixMode()).isEqualTo(file.executable() ? 0100755 : 0100644);
                assertThat(zip.getInputStream(entry).readAllBytes()).isEqualTo(Files.readAllBytes(file.content()));
            }
        }
    }

    @Test
    void streamingReadersFindTheSame() throws Exception {
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        Zip.write(temp.resolve("a.zip"), files, TIME);
        int found = 0;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(temp.resolve("a.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path content = find(files, entry.getName()).content();
                assertThat(zip.readAllBytes()).isEqualTo(Files.readAllBytes(content));
                found++;
            }
        }
        assertThat(found).isEqualTo(files.size());
    }

    @Test
    void infoZipUnpacksModesTimesAndNames() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unzip")), "needs unzip");
        List<ArchiveFile> files = SampleFiles.in(temp.resolve("in"));
        Zip.write(temp.resolve("a.zip"), files, TIME);

        assertThat(run("/usr/bin/unzip", "-tqq", "a.zip")).isEmpty();
        assertThat(run("/usr/bin/unzip", "-q", "a.zip", "-d", "out")).isEmpty();

        for (ArchiveFile file : files) {
            Path unpacked = temp.resolve("out").resolve(file.name());
            assertThat(unpacked).hasSameBinaryContentAs(file.content());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                    .isEqualTo(file.executable() ? "rwxr-xr-x" : "rw-r--r--");
            assertThat(Files.getLastModifiedTime(unpacked).toInstant()).isEqualTo("2026-11-22T01:02:02Z");
        }
    }

    @Test
    void anEmptyArchiveIsValid() throws Exception {
        Zip.write(temp.resolve("a.zip"), List.of(), TIME);
        try (ZipFile zip = ZipFile.builder().setPath(temp.resolve("a.zip")).get()) {
            assertThat(zip.getEntries().hasMoreElements()).isFalse();
        }
    }

    @Test
    void aLargeFileIsPackedInConstantMemory() throws Exception {
        Path large = temp.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        List<ArchiveFile> files = List.of(new ArchiveFile("libfoo.a", large, false, Optional.empty()));

        assertThat(elsewhere(files, TIME, "-Xmx24m")).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameBytesAreNotWrittenAgain() throws Exception {
        Path target = temp.resolve("a.zip");
        FileTime past = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
        Zip.write(target, SampleFiles.in(temp.resolve("in")), TIME);
        Files.setLastModifiedTime(target, past);

        Zip.write(target, SampleFiles.in(temp.resolve("in")), TIME);
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(past);
    }

    @Test
    void aFileOfAnotherDigestIsRefusedAndTheOldArchiveStays() throws Exception {
        Path target = temp.resolve("out/a.zip");
        Path library = Files.writeString(temp.resolve("libfoo.so"), "delivered");
        Sha256 delivered = Sha256.of(library);
        ArchiveFile file = new ArchiveFile("libfoo.so", library, true, Optional.of(delivered));
        Sha256 old = Zip.write(target, List.of(file), TIME);
        Files.writeString(library, "altered!!");

        assertThatThrownBy(() -> Zip.write(target, List.of(file), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll(
                        library.toString(), delivered.hex(), Sha256.of(library).hex());
        assertThat(Sha256.of(target)).isEqualTo(old);
        assertThat(list(temp.resolve("out"))).containsExactly("a.zip");
    }

    @Test
    void reportsAMissingFile() throws Exception {
        Path gone = temp.resolve("gone.so");
        assertThatThrownBy(() -> Zip.write(
                        temp.resolve("a.zip"), List.of(new ArchiveFile("gone.so", gone, true, Optional.empty())), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessage("The file '" + gone + "' could not be packed: no such file, '" + gone
                        + "'. Run the build again.");
        assertThat(list(temp)).isEmpty();
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws Exception {
        Path one = Files.writeString(temp.resolve("one"), "1");
        List<ArchiveFile> files = List.of(
                new ArchiveFile("README", one, true, Optional.empty()),
                new ArchiveFile("README", one, false, Optional.empty()));
        assertThatThrownBy(() -> Zip.write(temp.resolve("a.zip"), files, TIME))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContainingAll("'README' twice", one.toString(), "<packages>");
    }

    @Test
    void reportsAnUnwritableTarget() throws Exception {
        Files.writeString(temp.resolve("target"), "not a folder");
        assertThatThrownBy(() -> Zip.write(temp.resolve("target/a.zip"), List.of(), TIME))
                .isInstanceOf(WorkFailedException.class)
                .hasMessageContainingAll("The archive", "a.zip", "file already exists", "<outputDirectory>");
    }

    private String elsewhere(List<ArchiveFile> files, Instant time, String... options) throws Exception {
        return SampleFiles.packElsewhere(temp.resolve("elsewhere.zip"), files, time, options);
    }

    private static ArchiveFile find(List<ArchiveFile> files, String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the output of {@code command}, run in UTC and UTF-8. */
    private String run(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

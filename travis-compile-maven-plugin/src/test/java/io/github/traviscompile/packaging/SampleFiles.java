package io.github.traviscompile.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Files with difficult names for archives, and another process that packs them, as if on another host. */
final class SampleFiles {

    static final Instant TIME = Instant.parse("2026-11-22T01:02:03.456Z");

    private static final String LONG_NAME = "lib" + "a".repeat(120) + ".so";

    private SampleFiles() {}

    static List<ArchiveFile> in(Path folder) throws IOException {
        return in(folder, Instant.EPOCH);
    }

    static List<ArchiveFile> in(Path folder, Instant modified) throws IOException {
        Files.createDirectories(folder);
        List<ArchiveFile> files = new ArrayList<>();
        for (String name : List.of("tool", LONG_NAME, "libgrüße.so", "LICENSE", "日本語".repeat(20))) {
            Path file = folder.resolve("content-" + files.size());
            Files.writeString(file, "content of " + name);
            Files.setLastModifiedTime(file, FileTime.from(modified));
            boolean executable = !name.equals("LICENSE");
            files.add(new ArchiveFile(name, file, executable, Optional.of(Sha256.of(file))));
        }
        files.add(new ArchiveFile("licenses/foo/NOTICE", files.get(3).content(), false, Optional.empty()));
        return files;
    }

    static void restrict(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /**
     * Packs {@code files} into {@code archive} in a separate Java process with its own locale, time zone, user and
     * default encoding.
     *
     * @return the archive's digest
     */
    static String packElsewhere(Path archive, List<ArchiveFile> files, Instant time, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.addAll(List.of(Elsewhere.class.getName(), archive.toString(), time.toString()));
        for (ArchiveFile file : files) {
            // Names as hex, as the host's encoding applies to arguments.
            command.add(HexFormat.of().formatHex(file.name().getBytes(StandardCharsets.UTF_8)));
            command.add(file.content().toString());
            command.add(String.valueOf(file.executable()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /**
     * Arguments: the target, whose extension gives the format; the time; then name in hex, content and executable for
     * each file.
     */
    static final class Elsewhere {
        public static void main(String[] args) throws CrossCompileException {
            List<ArchiveFile> files = new ArrayList<>();
            for (int i = 2; i < args.length; i += 3) {
                String name = new String(HexFormat.of().parseHex(args[i]), StandardCharsets.UTF_8);
                files.add(new ArchiveFile(
                        name, Path.of(args[i + 1]), Boolean.parseBoolean(args[i + 2]), Optional.empty()));
            }
            Path target = Path.of(args[0]);
            Instant time = Instant.parse(args[1]);
            System.out.println(
                    args[0].endsWith(".zip") ? Zip.write(target, files, time) : TarGz.write(target, files, time));
        }
    }
}

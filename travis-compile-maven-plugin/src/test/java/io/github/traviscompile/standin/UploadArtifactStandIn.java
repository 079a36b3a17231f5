package io.github.traviscompile.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What actions/upload-artifact v7 does in a job (its action.yml and README), as far as workflows of ours may ask for it:
 * one folder, in an archive.
 */
final class UploadArtifactStandIn {

    private static final Set<String> INPUTS = Set.of(
            "name",
            "path",
            "if-no-files-found",
            "retention-days",
            "compression-level",
            "overwrite",
            "include-hidden-files",
            "archive");

    private final Map<String, String> inputs = new TreeMap<>();

    UploadArtifactStandIn(@Nullable Object with) throws IOException {
        if (with instanceof Map<?, ?> given) {
            given.forEach((name, value) -> inputs.put(name.toString(), value.toString()));
        }
        if (!INPUTS.containsAll(inputs.keySet()) || !inputs.containsKey("path")) {
            throw new IOException("Not inputs of actions/upload-artifact: " + inputs);
        }
        int days = Integer.parseInt(inputs.getOrDefault("retention-days", "0"));
        if (days < 0 || days > 90) {
            throw new IOException("Retention of " + days + " days");
        }
        if (name().matches(".*[\":<>|*?\\\\/\r\n].*")) {
            throw new IOException("The artifact name is not valid: " + name());
        }
    }

    String name() {
        return inputs.getOrDefault("name", "artifact");
    }

    String path() {
        return inputs.getOrDefault("path", "");
    }

    boolean failsWithoutFiles() {
        return inputs.getOrDefault("if-no-files-found", "warn").equals("error");
    }

    /** The files below the folder, by names relative to it; since v4.4 without hidden ones. */
    List<Path> files(Path workspace) throws IOException {
        Path folder = workspace.resolve(path());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        boolean hidden = inputs.getOrDefault("include-hidden-files", "false").equals("true");
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path relative = folder.relativize(file);
                boolean isHidden = Stream.iterate(relative, each -> each != null, Path::getParent)
                        .anyMatch(each -> each.getFileName().toString().startsWith("."));
                if (hidden || !isHidden) {
                    found.add(relative);
                }
            }
        }
        return found;
    }

    byte[] archive(Path workspace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Integer.parseInt(inputs.getOrDefault("compression-level", "6")));
            for (Path file : files(workspace)) {
                zip.putNextEntry(new ZipEntry(file.toString().replace('\\', '/')));
                Files.copy(workspace.resolve(path()).resolve(file), zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}

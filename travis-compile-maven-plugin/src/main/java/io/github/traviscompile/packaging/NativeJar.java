package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * A jar with only native files, of one platform or of several. The manifest comes first. Then follow, sorted by name,
 * the documents in {@code META-INF/} and each platform's files in its layout folder. Otherwise it is like a
 * {@link Zip}.
 *
 * @param natives the compiled files of each platform, under names without folders
 * @param documents licences, notices, readmes
 */
public record NativeJar(
        JarManifest manifest,
        JarLayout layout,
        SortedMap<Platform, List<ArchiveFile>> natives,
        List<ArchiveFile> documents) {

    private static final String META_INF = "META-INF/";

    public NativeJar {
        SortedMap<Platform, List<ArchiveFile>> copy = new TreeMap<>();
        natives.forEach((platform, files) -> copy.put(platform, List.copyOf(files)));
        natives = Collections.unmodifiableSortedMap(copy);
        documents = List.copyOf(documents);
    }

    /**
     * Writes the jar to {@code target}, in constant memory, whole or not at all. An existing jar with the same bytes
     * stays untouched.
     *
     * @param time the modification time of every entry, as in {@link Zip#write}
     * @return the digest of the jar
     * @throws ActionNeededException if two files would have the same place
     * @throws WorkFailedException if a file does not have its expected digest, or cannot be read or written
     */
    public Sha256 write(Path target, Instant time) throws CrossCompileException {
        layout.requireDistinct(natives.keySet());
        Collection<ArchiveFile> sorted = ArchiveFile.sorted(target, placed());
        return NewFile.write("The jar", target, out -> {
            try (UnixZip zip = new UnixZip(out, time)) {
                zip.add(JarFile.MANIFEST_NAME, manifest.bytes());
                for (ArchiveFile file : sorted) {
                    zip.add(file);
                }
            }
        });
    }

    private List<ArchiveFile> placed() throws ActionNeededException {
        List<ArchiveFile> placed = new ArrayList<>();
        natives.forEach((platform, files) -> files.forEach(file -> placed.add(file.in(layout.folder(platform)))));
        for (ArchiveFile document : documents) {
            ArchiveFile file = document.in(META_INF);
            if (file.name().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                throw new ActionNeededException("The document '" + document.content()
                        + "' would replace the jar's manifest. Give it another name, in Cargo.toml too.");
            }
            placed.add(file);
        }
        return placed;
    }
}

package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.actions.RunArtifacts.Taken;
import io.github.traviscompile.ci.actions.RunArtifacts.Wanted;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The archive that GitHub makes of a leg's outputs (PKWARE, "APPNOTE.TXT"). Its content is untrusted: places and
 * largest sizes of files come from the plan, never from the archive.
 *
 * @param leg named in messages
 */
record ArtifactZip(Path file, Leg leg) {

    private static final int BUFFER = 1 << 16;

    /**
     * Extracts the {@code wanted} files, by their names in the archive, which must hold exactly these.
     *
     * @throws IOException if a file cannot be written
     * @throws WorkFailedException if the archive's content differs
     */
    Map<String, Taken> take(Map<String, Wanted> wanted) throws IOException, WorkFailedException {
        try (ZipFile zip = open()) {
            requireNames(zip.stream().toList(), wanted.keySet());
            Map<String, Taken> taken = new TreeMap<>();
            for (Map.Entry<String, Wanted> each : wanted.entrySet()) {
                taken.put(each.getKey(), take(zip, zip.getEntry(each.getKey()), each.getValue()));
            }
            return taken;
        }
    }

    private ZipFile open() throws WorkFailedException {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException e) {
            throw invalid("is no zip archive", e);
        }
    }

    private void requireNames(List<? extends ZipEntry> entries, Set<String> wanted) throws WorkFailedException {
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries) {
            if (!wanted.contains(entry.getName()) || !names.add(entry.getName())) {
                throw failure("holds what the leg does not owe, or twice: '"
                        + entry.getName().replaceAll("\\p{Cntrl}", "?") + "'");
            }
        }
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(names);
        if (!missing.isEmpty()) {
            throw failure("lacks " + String.join(", ", missing));
        }
    }

    private Taken take(ZipFile zip, ZipEntry entry, Wanted wanted) throws IOException, WorkFailedException {
        MessageDigest digest = Sha256.newDigest();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(wanted.to())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > wanted.maxBytes()) {
                    throw failure("holds a '" + entry.getName() + "' of more than the " + wanted.maxBytes()
                            + " bytes that are taken");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        } catch (ZipException | EOFException e) {
            throw invalid("is broken at '" + entry.getName() + "'", e);
        }
        return new Taken(size, Sha256.of(digest));
    }

    private WorkFailedException failure(String what) {
        return new WorkFailedException(RunArtifacts.words(leg, what));
    }

    private WorkFailedException invalid(String what, IOException cause) {
        return new WorkFailedException(RunArtifacts.words(leg, what), cause);
    }
}

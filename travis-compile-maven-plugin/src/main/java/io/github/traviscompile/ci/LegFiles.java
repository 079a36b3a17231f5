package io.github.traviscompile.ci;

import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A leg's files under {@code .travis-compile/} in its checkout: the script, the same for all, and its data file. */
public final class LegFiles {

    /** The folder of these files in the checkout. */
    public static final String DIRECTORY = ".travis-compile";

    /** The folder of the project's snapshot in the checkout. */
    public static final String SOURCE = "source";

    /**
     * The folder in the checkout for the outputs of a leg without an endpoint; not hidden, since hidden files would be
     * left out.
     */
    public static final String OUTPUTS = "outputs";

    /** The name of such a leg's file of details about itself; no output has such a name. */
    public static final String DETAILS = "_details";

    /** The script's name in that folder; its argument is a leg's id, its directory the root of the checkout. */
    public static final String SCRIPT = "leg.sh";

    private LegFiles() {}

    /**
     * Returns the files of a run.
     *
     * @param workspacePath the Cargo workspace's folder relative to the snapshot's root; the empty path for the
     *     root
     * @return the contents by path relative to the checkout's root, with {@code /}
     */
    public static SortedMap<String, byte[]> of(RunId run, Path workspacePath, List<Leg> legs) {
        String directory = relative(workspacePath);
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(DIRECTORY + "/" + SCRIPT, script());
        // A checkout with core.autocrlf would break the script's lines.
        files.put(DIRECTORY + "/.gitattributes", "* -text\n".getBytes(StandardCharsets.UTF_8));
        for (Leg leg : legs) {
            files.put(DIRECTORY + "/" + leg.id() + ".leg", LegFile.of(run, directory, leg));
        }
        return Collections.unmodifiableSortedMap(files);
    }

    /** Returns the digest of the script, so that reuse rejects outputs of another script. */
    public static Sha256 scriptDigest() {
        return Sha256.of(script());
    }

    private static String relative(Path workspacePath) {
        List<String> names = new ArrayList<>();
        workspacePath.forEach(name -> names.add(name.toString()));
        if (workspacePath.isAbsolute() || names.contains("..")) {
            throw new IllegalArgumentException("Not a folder below the snapshot's root: '" + workspacePath + "'.");
        }
        return String.join("/", names);
    }

    private static byte[] script() {
        try (InputStream in = LegFiles.class.getResourceAsStream(SCRIPT)) {
            return Objects.requireNonNull(in, SCRIPT).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The leg script cannot be read from the plugin: " + e.getMessage(), e);
        }
    }
}

package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Reads a working tree's {@code .git}: its tracked paths and the location of its rules. Writes nothing. Of the
 * configuration it reads only {@code core.excludesFile} and the URL of {@code origin}, and no included file.
 *
 * @param workTree the directory that contains {@code .git}
 * @param common the directory of {@code config} and {@code info}, shared by several working trees
 * @param tracked every file in the index
 * @param submodules every path in the index that stands for another repository
 * @param parents every directory above a tracked file
 */
record GitDirectory(Path workTree, Path common, Set<GitPath> tracked, Set<GitPath> submodules, Set<GitPath> parents) {

    private static final String LINK = "gitdir:";

    static {
        IsolatedSystemReader.install();
    }

    /** Returns the repository whose working tree has {@code directory} as its top. */
    static Optional<GitDirectory> at(Path directory) throws IOException, ActionNeededException {
        Optional<Path> found = locate(directory.resolve(".git"));
        return found.isPresent() ? Optional.of(read(directory, found.get())) : Optional.empty();
    }

    /** Resolves {@code .git}: a directory, or a file with its path (gitrepository-layout(5)). */
    static Optional<Path> locate(Path dotGit) throws IOException {
        if (Files.isRegularFile(dotGit)) {
            String text = Files.readString(dotGit).strip();
            if (!text.startsWith(LINK)) {
                return Optional.empty();
            }
            dotGit = dotGit.resolveSibling(text.substring(LINK.length()).strip());
        }
        return Files.isRegularFile(dotGit.resolve("HEAD")) ? Optional.of(dotGit) : Optional.empty();
    }

    private static GitDirectory read(Path workTree, Path gitDir) throws IOException, ActionNeededException {
        GitDirectory directory =
                new GitDirectory(workTree, common(gitDir), new HashSet<>(), new HashSet<>(), new HashSet<>());
        Path index = gitDir.resolve("index");
        try {
            DirCache entries = DirCache.read(index.toFile(), FS.DETECTED);
            for (int i = 0; i < entries.getEntryCount(); i++) {
                directory.add(entries.getEntry(i));
            }
        } catch (IOException e) {
            throw new ActionNeededException(
                    "The git index " + index + " cannot be read, so the tracked files are unknown: "
                            + e.getMessage() + ". If it is split, sparse or of SHA-256, "
                            + "`git update-index --no-split-index` or `git sparse-checkout disable` help with the first two.",
                    e);
        }
        return directory;
    }

    /** Returns the directory that several working trees of one repository share. */
    static Path common(Path gitDir) throws IOException {
        Path commonFile = gitDir.resolve("commondir");
        return Files.isRegularFile(commonFile)
                ? gitDir.resolve(Files.readString(commonFile).strip())
                : gitDir;
    }

    private void add(DirCacheEntry entry) {
        GitPath path = GitPath.of(entry.getRawPath());
        (entry.getFileMode().equals(FileMode.GITLINK) ? submodules : tracked).add(path);
        String text = path.latin1();
        for (int slash = text.lastIndexOf('/'); slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
            if (!parents.add(new GitPath(text.substring(0, slash)))) {
                return;
            }
        }
    }

    /** Returns {@code core.excludesFile} of the repository's own configuration. */
    Optional<String> excludesFile() throws IOException, ActionNeededException {
        return setting("core", null, "excludesFile");
    }

    /** Returns the URL of the remote {@code origin} in the repository's own configuration. */
    Optional<String> origin() throws IOException, ActionNeededException {
        return setting("remote", "origin", "url");
    }

    private Optional<String> setting(String section, @Nullable String subsection, String name)
            throws IOException, ActionNeededException {
        Path file = common.resolve("config");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Config config = new Config();
        try {
            config.fromText(Files.readString(file));
        } catch (ConfigInvalidException e) {
            throw UserExcludes.invalid(file, e);
        }
        return Optional.ofNullable(config.getString(section, subsection, name));
    }
}

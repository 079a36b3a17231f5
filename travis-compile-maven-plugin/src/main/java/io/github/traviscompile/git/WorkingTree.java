package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;

/**
 * Finds the files of a snapshot: those that git tracks, and those that no rule ignores, in a repository or outside of
 * any. Reads directories and rules, no content.
 */
final class WorkingTree {

    private static final byte[] CACHE_SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private static final GitPath DOT_GIT = new GitPath(".git");
    private static final GitPath GIT_IGNORE = new GitPath(".gitignore");
    private static final GitPath CARGO_TOML = new GitPath("Cargo.toml");
    private static final GitPath POM = new GitPath("pom.xml");
    private static final GitPath TARGET = new GitPath("target");
    private static final GitPath CACHE_TAG = new GitPath("CACHEDIR.TAG");

    private final Path root;
    private final Selection selection;
    private final UserExcludes userExcludes;
    private final Set<Path> never = new HashSet<>();
    private final List<TreeFile> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private WorkingTree(SnapshotRequest request, UserExcludes userExcludes) throws IOException {
        this.root = request.root().toRealPath();
        this.selection = new Selection(request);
        this.userExcludes = userExcludes;
        for (Path path : request.never()) {
            never.add(
                    Files.exists(path)
                            ? path.toRealPath()
                            : path.toAbsolutePath().normalize());
        }
    }

    /** The files found. */
    record Contents(List<TreeFile> files, List<String> warnings) {}

    static Contents list(SnapshotRequest request, UserExcludes userExcludes) throws CrossCompileException {
        try {
            WorkingTree tree = new WorkingTree(request, userExcludes);
            tree.visit(tree.root, children(tree.root), GitPath.ROOT, tree.start());
            tree.files.sort(Comparator.comparing(TreeFile::path));
            LinkCheck.check(tree.files);
            tree.warnings.addAll(Portability.warnings(tree.files));
            return new Contents(List.copyOf(tree.files), List.copyOf(tree.warnings));
        } catch (IOException e) {
            throw unlistable(request.root(), e);
        } catch (InvalidPathException e) {
            throw new ActionNeededException(
                    "The name of a file below " + request.root() + " cannot be read exactly: " + e.getMessage()
                            + ". Rename the file.",
                    e);
        }
    }

    private static CrossCompileException unlistable(Path root, IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return new ActionNeededException(
                    "The directory or file " + denied.getFile() + " cannot be read: permission denied. "
                            + "Make it readable, or leave it out with " + Parameter.EXCLUDES + ".",
                    e);
        }
        if (e instanceof NoSuchFileException missing) {
            return FileContent.disappeared(missing.getFile(), e);
        }
        return WorkFailedException.of(
                "The files below " + root + " cannot be listed", e, "Make them readable for this user.");
    }

    /**
     * The position of a directory in its repository.
     *
     * @param path relative to the repository's top
     * @param ignored whether a rule ignores the directory, so that only tracked files count
     */
    private record TreePosition(Optional<GitDirectory> repository, GitPath path, IgnoreScope rules, boolean ignored) {

        boolean tracks(GitPath file) {
            return repository.isPresent() && repository.get().tracked().contains(file);
        }

        boolean tracksBelow(GitPath directory) {
            return repository.isPresent()
                    && (repository.get().parents().contains(directory)
                            || repository.get().submodules().contains(directory));
        }
    }

    /**
     * Returns the root's position: in the surrounding repository, if there is one and it does not ignore the whole
     * root.
     */
    private TreePosition start() throws IOException, ActionNeededException {
        for (Path top = root; top != null; top = top.getParent()) {
            Optional<GitDirectory> repository = GitDirectory.at(top);
            if (repository.isPresent()) {
                TreePosition position = enter(repository.get());
                for (Path name : top.relativize(root)) {
                    if (!name.toString().isEmpty()) {
                        Path directory = position.path().toPath();
                        position = inside(position, top.resolve(directory), GitPath.of(name));
                    }
                }
                return position.ignored() && !position.tracksBelow(position.path()) ? outside() : position;
            }
        }
        return outside();
    }

    private TreePosition outside() throws IOException, ActionNeededException {
        Path users = userExcludes.file(Optional.empty(), root);
        return new TreePosition(Optional.empty(), GitPath.ROOT, IgnoreScope.NONE.withUsers(users), false);
    }

    private TreePosition enter(GitDirectory repository) throws IOException, ActionNeededException {
        Path users = userExcludes.file(repository.excludesFile(), repository.workTree());
        IgnoreScope rules = IgnoreScope.NONE
                .withUsers(users)
                .withUsers(repository.common().resolve("info").resolve("exclude"));
        return new TreePosition(Optional.of(repository), GitPath.ROOT, rules, false);
    }

    /** Returns the position of the directory {@code name} in the directory of {@code position}. */
    private static TreePosition inside(TreePosition position, Path directory, GitPath name) throws IOException {
        IgnoreScope rules = position.rules().with(directory.resolve(".gitignore"), position.path());
        GitPath path = position.path().child(name);
        return new TreePosition(position.repository(), path, rules, position.ignored() || rules.ignores(path, true));
    }

    /** Uses the listing to find a .gitignore, as a look-up on disk would cost more than everything else. */
    private void visit(Path directory, Map<GitPath, Path> children, GitPath path, TreePosition position)
            throws IOException, CrossCompileException {
        if (!children.containsKey(GIT_IGNORE)) {
            visit(children, path, position);
        } else {
            IgnoreScope rules = position.rules().with(directory.resolve(".gitignore"), position.path());
            visit(children, path, new TreePosition(position.repository(), position.path(), rules, position.ignored()));
        }
    }

    private void visit(Map<GitPath, Path> children, GitPath path, TreePosition position)
            throws IOException, CrossCompileException {
        boolean building = children.containsKey(CARGO_TOML) || children.containsKey(POM);
        for (Map.Entry<GitPath, Path> entry : children.entrySet()) {
            GitPath name = entry.getKey();
            Path child = entry.getValue();
            if (name.equals(DOT_GIT)) {
                continue;
            }
            GitPath childPath = path.child(name);
            GitPath inRepository = position.path().child(name);
            BasicFileAttributes attributes = FileContent.attributes(child);
            if (!attributes.isDirectory()) {
                if (!never.contains(child)) {
                    boolean byGit = position.tracks(inRepository)
                            || (!position.ignored() && !position.rules().ignores(inRepository, false));
                    visitFile(child, childPath, attributes, byGit);
                }
            } else if (building && name.equals(TARGET)) {
                if (position.tracksBelow(inRepository)) {
                    warnings.add("The directory '" + childPath + "' is beside a Cargo.toml or pom.xml and is left "
                            + "out as build output, although git tracks files in it.");
                }
            } else if (!never.contains(child) && !selection.prunes(childPath)) {
                boolean ignored = position.ignored() || position.rules().ignores(inRepository, true);
                visitDirectory(
                        child,
                        childPath,
                        new TreePosition(position.repository(), inRepository, position.rules(), ignored));
            }
        }
    }

    private static Map<GitPath, Path> children(Path directory) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            Map<GitPath, Path> children = new HashMap<>();
            stream.forEach(child -> children.put(GitPath.of(child.getFileName()), child));
            return children;
        } catch (DirectoryIteratorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void visitDirectory(Path directory, GitPath path, TreePosition position)
            throws IOException, CrossCompileException {
        if (position.ignored() && !position.tracksBelow(position.path())) {
            visitAlways(path);
            return;
        }
        Map<GitPath, Path> children = children(directory);
        if (children.containsKey(CACHE_TAG) && isCache(directory)) {
            return;
        }
        Optional<GitDirectory> nested = children.containsKey(DOT_GIT) ? GitDirectory.at(directory) : Optional.empty();
        if (children.isEmpty()
                && position.repository().isPresent()
                && position.repository().get().submodules().contains(position.path())) {
            throw new ActionNeededException("The submodule '" + path + "' is not checked out, so its files cannot be "
                    + "compiled. Run `git submodule update --init -- " + path
                    + "`, or leave it out with " + Parameter.EXCLUDES + ".");
        }
        visit(directory, children, path, nested.isPresent() ? enter(nested.get()) : position);
    }

    /** Visits the files that are taken even from an ignored directory. */
    private void visitAlways(GitPath path) throws IOException, CrossCompileException {
        for (String always : selection.alwaysBelow(path)) {
            Path file = GitPath.of(always).in(root);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                visitFile(file, GitPath.of(always), FileContent.attributes(file), true);
            }
        }
    }

    /** Skips pipes, sockets and devices, as git does, which has no mode for them. */
    private void visitFile(Path file, GitPath path, BasicFileAttributes attributes, boolean taken) throws IOException {
        if (!selection.takes(path, taken)) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            GitPath target = GitPath.of(Files.readSymbolicLink(file));
            files.add(new TreeFile(
                    path, file, FileMode.SYMLINK, target.bytes().length, attributes.lastModifiedTime(), target));
        } else if (attributes.isRegularFile()) {
            FileMode mode = FileContent.isExecutable(attributes) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            files.add(new TreeFile(path, file, mode, attributes.size(), attributes.lastModifiedTime(), GitPath.ROOT));
        }
    }

    /** Cache Directory Tagging Specification, bford.info/cachedir. */
    private static boolean isCache(Path directory) throws IOException {
        Path tag = directory.resolve(CACHE_TAG.toPath());
        if (!Files.isRegularFile(tag, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(tag)) {
            return Arrays.equals(in.readNBytes(CACHE_SIGNATURE.length), CACHE_SIGNATURE);
        }
    }
}

package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;

/** A repository at the stand-in, a real bare one on disk. What tests may set is public. */
public final class StandInRepository implements AutoCloseable {

    public static final String MAIN = "main";

    public final String fullName;
    public final boolean isPrivate;

    /** Whether the plan of its owner has drafts. */
    public volatile boolean drafts = true;

    public volatile boolean archived;

    /** Whether it is a fork of a repository with workflows. */
    public volatile boolean fork;

    /** Whether a person has allowed Actions in it, being a fork. */
    public volatile boolean actionsAllowed;

    public volatile boolean actionsEnabled = true;

    /** {@code all}, {@code local_only} or {@code selected}. */
    public volatile String allowedActions = "all";

    /** Where only some are allowed, whether GitHub's own are among them. */
    public volatile boolean githubsActionsAllowed = true;

    /** Actions that may be used where only some may. */
    public volatile List<String> patternsAllowed = List.of();

    /** Whether tokens may see its settings. */
    public volatile boolean administered = true;

    /** Which refs a ruleset protects. */
    public volatile Predicate<String> protectedRefs = ref -> false;

    /** Where it was moved to, if it was. */
    public volatile Optional<String> movedTo = Optional.empty();

    final SortedMap<Integer, ObjectNode> pulls = new TreeMap<>();
    final FileRepository git;

    /** An empty one, which the stand-in of GitHub need not know. */
    public StandInRepository(Path directory, String fullName, boolean isPrivate) throws IOException {
        this.fullName = fullName;
        this.isPrivate = isPrivate;
        Files.createDirectories(directory.resolve("objects/pack"));
        Files.createDirectories(directory.resolve("refs/heads"));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/" + MAIN + "\n");
        Files.writeString(
                directory.resolve("config"),
                "[core]\n\trepositoryformatversion = 0\n\tbare = true\n[uploadpack]\n\tallowFilter = true\n");
        this.git = new FileRepository(directory.toFile());
    }

    public Path directory() {
        return git.getDirectory().toPath();
    }

    /** Commits onto a branch, which begins at the main one, and gives the id of the commit. */
    public String commit(String branch, String message, Map<String, byte[]> files) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
                builder.add(entry);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            tip(branch).or(() -> tip(MAIN)).ifPresent(parent -> commit.setParentId(ObjectId.fromString(parent)));
            PersonIdent who = new PersonIdent("alice", "alice@example.org", Instant.EPOCH, ZoneOffset.UTC);
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = git.updateRef("refs/heads/" + branch);
            update.setNewObjectId(id);
            update.forceUpdate();
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A first commit with a README. */
    public StandInRepository withReadme() {
        commit(MAIN, "Begin", Map.of("README.md", "Builds\n".getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** The id of a branch's tip. */
    public Optional<String> tip(String branch) {
        try {
            Ref ref = git.getRefDatabase().exactRef("refs/heads/" + branch);
            return Optional.ofNullable(ref).map(present -> present.getObjectId().name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Short names of all branches. */
    public List<String> branches() {
        try {
            return git.getRefDatabase().getRefsByPrefix("refs/heads/").stream()
                    .map(ref -> ref.getName().substring("refs/heads/".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was ever pushed or committed, whether or not a branch leads to it, as Latin-1. */
    public List<String> objects() throws IOException {
        List<String> contents = new ArrayList<>();
        try (ObjectReader reader = git.newObjectReader()) {
            for (ObjectId id : ids()) {
                contents.add(new String(reader.open(id).getBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private Set<ObjectId> ids() throws IOException {
        Set<ObjectId> ids = new HashSet<>();
        for (Pack pack : git.getObjectDatabase().getPacks()) {
            pack.forEach(entry -> ids.add(entry.toObjectId()));
        }
        try (Stream<Path> files = Files.walk(directory().resolve("objects"), 2)) {
            files.map(file -> file.toString().replace(File.separator, ""))
                    .filter(path -> path.length() > Constants.OBJECT_ID_STRING_LENGTH)
                    .map(path -> path.substring(path.length() - Constants.OBJECT_ID_STRING_LENGTH))
                    .filter(ObjectId::isId)
                    .map(ObjectId::fromString)
                    .forEach(ids::add);
        }
        return ids;
    }

    /** What the API says of a pull request now. */
    public ObjectNode pull(int number) {
        synchronized (pulls) {
            ObjectNode pull = pulls.get(number);
            if (pull == null) {
                throw new IllegalArgumentException("There is no pull request " + number + ".");
            }
            return pull.deepCopy();
        }
    }

    public int pulls() {
        synchronized (pulls) {
            return pulls.size();
        }
    }

    @Override
    public void close() {
        git.close();
    }
}

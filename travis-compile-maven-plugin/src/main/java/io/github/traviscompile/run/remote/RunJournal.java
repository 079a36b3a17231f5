package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The journal of one run's effects outside this machine, a file below {@code <cacheDirectory>/runs/}. Each line is on
 * disk before its action, so a later run finds the remains of a killed one. Locked during the run; {@link RunJournals}
 * describes its name. Holds no secret. Its creator closes it after everything outside is removed.
 */
public final class RunJournal implements AutoCloseable {

    static final String REMEDY =
            "Make it writable or free space there, or name another folder with " + Parameter.CACHE_DIRECTORY + ".";

    private final Path file;
    private final RunId run;
    // Interrupting a writing thread would close a channel and release its lock.
    private final RandomAccessFile open;
    private final Set<String> keys = new HashSet<>();
    private long end;
    private boolean left;
    private boolean closed;

    private RunJournal(Path file, RunId run, RandomAccessFile open) {
        this.file = file;
        this.run = run;
        this.open = open;
    }

    /**
     * Creates and locks the journal of a run without effects so far.
     *
     * @param githubApi the API of the repository's GitHub
     */
    public static RunJournal begin(Path cacheDirectory, RunId run, RepositoryName repository, URI githubApi)
            throws WorkFailedException {
        JournalContent.requireNoSecret(githubApi);
        Path runs = RunJournals.directory(cacheDirectory);
        Path file = runs.resolve(RunJournals.nameOfLiving(run));
        try {
            Files.createDirectories(runs);
            Files.createFile(file);
            RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
            try {
                // A clean-up may hold the lock for a moment, until it finds the journal empty.
                open.getChannel().lock();
                RunJournal journal = new RunJournal(file, run, open);
                journal.append(JournalContent.FORMAT + "\n" + JournalContent.REPOSITORY + " " + repository + "\n"
                        + JournalContent.GITHUB + " " + githubApi + "\n");
                syncDirectory(runs);
                syncDirectory(cacheDirectory);
                return journal;
            } catch (IOException | RuntimeException e) {
                open.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Announces the push of {@code commit} as {@code branch}. */
    public void pushing(BranchName branch, CommitId commit) throws WorkFailedException {
        if (!branch.run().equals(run)) {
            throw new IllegalArgumentException("The branch " + branch + " is not of the run " + run + ".");
        }
        write(JournalContent.BRANCH, branch + " " + commit);
    }

    /** Announces the opening of the branch's pull request. */
    public void openingPullRequest() throws WorkFailedException {
        write(JournalContent.OPENING, JournalContent.PULL_REQUEST);
    }

    public void openedPullRequest(int number) throws WorkFailedException {
        write(JournalContent.PULL_REQUEST, String.valueOf(number));
    }

    /**
     * Announces an action that makes a service start a build.
     *
     * @param pullRequest whether the pull request starts the build, or the push alone
     */
    public void awaitingBuilds(Service service, URI api, boolean pullRequest) throws WorkFailedException {
        write(JournalContent.BUILDS + service.id(), new JournalContent.Awaited(service, api, pullRequest).toString());
    }

    private synchronized void write(String key, String value) throws WorkFailedException {
        if (!keys.add(key)) {
            throw new IllegalStateException("The journal names the " + key + " of its run already.");
        }
        try {
            append(key + " " + value + "\n");
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void append(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        // A failed write can have left half a line.
        open.setLength(end);
        open.seek(end);
        open.write(bytes);
        open.getFD().sync();
        end += bytes.length;
    }

    /** Leaves the journal to the next clean-up when closing, because something may remain outside. */
    public synchronized void left() {
        left = true;
    }

    /** Removes the journal, unless something is left, and unlocks it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (left) {
                open.close();
                unclaim();
            } else {
                RunJournals.delete(file, open);
            }
        } catch (IOException e) {
            // The next clean-up finds no remains and removes it.
            return;
        }
    }

    /** Renames it, so that later runs in this process may open it too. */
    private void unclaim() {
        try {
            Files.move(file, file.resolveSibling(RunJournals.nameOfLeft(run)));
        } catch (IOException e) {
            // Another clean-up has it, or one of another process will.
        }
    }

    private static void syncDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // On Windows directories cannot be opened; the file system itself keeps its names.
        }
    }

    private static WorkFailedException failed(Path file, IOException cause) {
        return WorkFailedException.of("The run's journal '" + file + "' cannot be kept", cause, REMEDY);
    }
}

package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.PreparedBranch;
import io.github.traviscompile.git.TemporaryBranch;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.github.PullRequestText;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.RunEvent;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a run shows on GitHub: a temporary branch and, where it is wanted, a pull request of it. Begins with nothing; whoever
 * made it closes it, which takes away what is there by then.
 */
public final class Publication implements AutoCloseable {

    private final GitHubRepository repository;
    private final RunJournal journal;
    private final EventPublisher listener;
    private final boolean keepOnFailure;
    private @Nullable TemporaryBranch branch;
    private @Nullable TemporaryPullRequest pullRequest;
    private boolean failed;

    /** @param keepOnFailure whether everything stays once {@link #failed} was called */
    public Publication(
            GitHubRepository repository, RunJournal journal, EventPublisher listener, boolean keepOnFailure) {
        this.repository = repository;
        this.journal = journal;
        this.listener = listener;
        this.keepOnFailure = keepOnFailure;
    }

    public void push(PreparedBranch prepared) throws CrossCompileException, InterruptedException {
        journal.pushing(prepared.name(), prepared.commit());
        try {
            branch = prepared.push();
        } catch (CrossCompileException | InterruptedException e) {
            if (e.getSuppressed().length > 0 || e instanceof InterruptedException) {
                journal.left();
            }
            throw e;
        }
        listener.info(
                "Pushed the snapshot to the temporary branch " + prepared.name() + " of " + repository.name() + ".");
    }

    /** Returns the number of the pull request. */
    public OptionalLong openPullRequest(PreparedBranch prepared, PullRequestText text) throws CrossCompileException {
        journal.openingPullRequest();
        TemporaryPullRequest opened = open(prepared.name().toString(), text);
        pullRequest = opened;
        journal.openedPullRequest(opened.number());
        listener.tell(at -> new RunEvent.PullRequestOpened(at, opened.page()));
        return OptionalLong.of(opened.number());
    }

    /** A run that is interrupted while GitHub answers has opened it all the same, and a build may come of it. */
    private TemporaryPullRequest open(String branch, PullRequestText text) throws CrossCompileException {
        try {
            return repository.openPullRequest(branch, text);
        } catch (CrossCompileException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            try {
                return repository.findPullRequest(branch).orElseThrow(() -> e);
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Refuses what arrived meanwhile if somebody pushed to the branch, deleted it, or merged the pull request. */
    public void requireUntouched() throws CrossCompileException, InterruptedException {
        if (branch != null && !branch.isUnchanged()) {
            throw new WorkFailedException("The temporary branch " + branch.name() + " of " + repository.name()
                    + " is not what this run pushed any more: somebody pushed to it or deleted it. Nothing was attached. Run"
                    + " the build again.");
        }
        if (pullRequest != null) {
            pullRequest.requireNotMerged();
        }
    }

    /** The run failed by itself; somebody may want to see why. */
    public void failed() {
        failed = true;
    }

    @Override
    public void close() {
        if (failed && keepOnFailure && branch != null) {
            listener.warning("The branch " + branch.name() + " of " + repository.name()
                    + (pullRequest == null ? "" : " and the pull request " + pullRequest.page())
                    + " stay, as " + Parameter.KEEP_ON_FAILURE + " says. The goal travis-compile:clean-up"
                    + " removes them once they have expired.");
            return;
        }
        // In this order, though each is ended whatever became of the other.
        if (pullRequest != null) {
            undo(pullRequest, TemporaryPullRequest::close);
        }
        if (branch != null) {
            undo(branch, TemporaryBranch::close);
        }
    }

    private <T> void undo(T thing, Compensation.Ending<T> ending) {
        new Compensation<>(thing, ending, journal, listener).close();
    }
}

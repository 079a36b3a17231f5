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
 * The temporary branch of a run on GitHub and, if requested, its pull request. It starts empty; its creator closes it,
 * which removes everything created so far.
 */
public final class Publication implements AutoCloseable {

    private final GitHubRepository repository;
    private final RunJournal journal;
    private final EventPublisher listener;
    private final boolean keepOnFailure;
    private @Nullable TemporaryBranch branch;
    private @Nullable TemporaryPullRequest pullRequest;
    private boolean failed;

    /** @param keepOnFailure whether everything stays after a call of {@link #failed} */
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

    /** Opens the pull request and returns its number. */
    public OptionalLong openPullRequest(PreparedBranch prepared, PullRequestText text) throws CrossCompileException {
        journal.openingPullRequest();
        TemporaryPullRequest opened = open(prepared.name().toString(), text);
        pullRequest = opened;
        journal.openedPullRequest(opened.number());
        listener.tell(at -> new RunEvent.PullRequestOpened(at, opened.page()));
        return OptionalLong.of(opened.number());
    }

    /**
     * Opens the pull request. If the run is interrupted during GitHub's answer, the request exists and can start a
     * build, so it is looked up.
     */
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

    /** Fails if the branch was pushed to or deleted, or the pull request merged. */
    public void requireUntouched() throws CrossCompileException, InterruptedException {
        if (branch != null && !branch.isUnchanged()) {
            throw new WorkFailedException("The temporary branch " + branch.name() + " of " + repository.name()
                    + " is no longer what this run pushed: somebody pushed to it or deleted it. Nothing was"
                    + " attached. Run"
                    + " the build again.");
        }
        if (pullRequest != null) {
            pullRequest.requireNotMerged();
        }
    }

    /** Marks the run as failed by itself, so that the user can inspect what stays. */
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
        // In this order; each is removed even if the other fails.
        if (pullRequest != null) {
            compensate(pullRequest, TemporaryPullRequest::close);
        }
        if (branch != null) {
            compensate(branch, TemporaryBranch::close);
        }
    }

    private <T> void compensate(T thing, Compensation.Ending<T> ending) {
        new Compensation<>(thing, ending, journal, listener).close();
    }
}

package io.github.traviscompile.github;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import java.io.IOException;
import java.net.URI;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;

/** A pull request for the time of one run. The caller that opened it closes it, which closes it on GitHub. */
public final class TemporaryPullRequest implements AutoCloseable {

    private final GHRepository repository;
    private final int number;
    private final URI page;
    private final GitHubErrors refusal;
    private boolean kept;

    TemporaryPullRequest(GHRepository repository, int number, URI page, GitHubErrors refusal) {
        this.repository = repository;
        this.number = number;
        this.page = page;
        this.refusal = refusal;
    }

    public int number() {
        return number;
    }

    /** Returns its page for browsers. */
    public URI page() {
        return page;
    }

    /**
     * Reads from GitHub whether it is still open. Unchanged replies cost nothing of the rate limit.
     *
     * @throws ActionNeededException if a user merged it
     */
    public boolean isOpen() throws CrossCompileException {
        return look().getState() == GHIssueState.OPEN;
    }

    /**
     * Reads from GitHub whether it was merged.
     *
     * @throws ActionNeededException if a user merged it at any time
     */
    public void requireNotMerged() throws CrossCompileException {
        look();
    }

    private GHPullRequest look() throws CrossCompileException {
        try {
            GHPullRequest now = repository.getPullRequest(number);
            if (now.isMerged()) {
                GHUser by = now.getMergedBy();
                throw new ActionNeededException("The pull request " + page + " was merged"
                        + (by == null ? "" : " by " + by.getLogin())
                        + ", though its title says that it must not be: its commit "
                        + "replaced everything in " + now.getBase().getRef()
                        + ". Revert it with the button on that page.");
            }
            return now;
        } catch (IOException e) {
            throw refusal.of("The pull request " + page + " cannot be looked up", e);
        }
    }

    /** Leaves the pull request open when this is closed. */
    public void keep() {
        kept = true;
    }

    /**
     * Closes it on GitHub, unless it is closed already.
     *
     * @throws CrossCompileException if it is still open or was merged; the message names its page
     */
    @Override
    public void close() throws CrossCompileException {
        if (kept) {
            return;
        }
        GHPullRequest now = look();
        if (now.getState() == GHIssueState.OPEN) {
            try {
                now.close();
            } catch (IOException e) {
                throw refusal.of("The pull request " + page + " is still open and cannot be closed", e);
            }
        }
        kept = true;
    }
}

package io.github.traviscompile.run.remote;

import io.github.traviscompile.ci.CiAccess;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.plan.CiServices;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Removes the remains of stale runs from one repository, one after the other. A failure is a warning, and the next one
 * follows.
 */
final class StaleRunRemover {

    /** Longer than any job on Travis CI, whose limits are 50 and 120 minutes (docs.travis-ci.com, "Build Timeouts"). */
    private static final Duration LONGEST_BUILD = Duration.ofDays(1);

    private final CleanUp.CleanUpScope scope;
    private final EventPublisher listener;
    private final Credentials credentials;
    private final HttpSettings http;
    private int removed;
    private int left;

    StaleRunRemover(CleanUp.CleanUpScope scope, EventPublisher listener, Credentials credentials, HttpSettings http) {
        this.scope = scope;
        this.listener = listener;
        this.credentials = credentials;
        this.http = http;
    }

    CleanUp.Outcome outcome() {
        return new CleanUp.Outcome(removed, left);
    }

    void remove(StaleRun staleRun) throws InterruptedException {
        int leftBefore = left;
        Optional<TemporaryPullRequest> pullRequest = find(staleRun);
        cancelBuilds(staleRun, pullRequest);
        if (pullRequest.isPresent()) {
            close(pullRequest.get());
        }
        if (staleRun.branch().isPresent()) {
            delete(staleRun.branch().get());
        }
        if (staleRun.moved() || isForeignNow(staleRun)) {
            left++;
            listener.warning("The branch " + staleRun.name() + " in "
                    + scope.github().name()
                    + " of a killed run stays: another push changed it since. Delete it there if it is not needed.");
        }
        if (left == leftBefore && staleRun.journal().isPresent()) {
            forget(staleRun.journal().get());
        }
    }

    /** Returns whether a known run's branch exists with a tip that is no longer the plugin's own. */
    private boolean isForeignNow(StaleRun staleRun) throws InterruptedException {
        try {
            return staleRun.branch().isEmpty()
                    && scope.branches().tip(staleRun.name()).isPresent();
        } catch (CrossCompileException e) {
            warn("", e);
            return false;
        }
    }

    private Optional<TemporaryPullRequest> find(StaleRun staleRun) {
        try {
            return scope.github()
                    .findPullRequest(staleRun.name().toString())
                    .filter(open -> staleRun.takes(open.number()));
        } catch (CrossCompileException e) {
            warn("The pull request of " + staleRun.name() + " by a killed run may still be open: ", e);
            return Optional.empty();
        }
    }

    private void close(TemporaryPullRequest pullRequest) {
        try {
            pullRequest.close();
            removed++;
            listener.info("Closed the pull request " + pullRequest.page() + " of a killed run.");
        } catch (CrossCompileException e) {
            warn("", e);
        }
    }

    private void delete(FoundBranch branch) {
        try {
            scope.branches().delete(branch);
            removed++;
            listener.info("Deleted the branch " + branch.name() + " in "
                    + scope.github().name() + ", which a killed run left.");
        } catch (CrossCompileException e) {
            warn("", e);
        }
    }

    /** Deletes a journal that is no longer needed. */
    void forget(RunJournals.Dead journal) {
        try {
            journal.delete();
        } catch (WorkFailedException e) {
            warn("", e);
        }
    }

    private void cancelBuilds(StaleRun staleRun, Optional<TemporaryPullRequest> pullRequest)
            throws InterruptedException {
        boolean tooOld = staleRun.name()
                .created()
                .plus(LONGEST_BUILD)
                .isBefore(scope.github().now());
        Optional<JournalContent> record = staleRun.journal().map(RunJournals.Dead::record);
        if (record.isEmpty() || tooOld) {
            return;
        }
        OptionalInt known = record.get().number();
        OptionalLong number = known.isPresent()
                ? OptionalLong.of(known.getAsInt())
                : pullRequest.map(open -> OptionalLong.of(open.number())).orElse(OptionalLong.empty());
        PushedCommit start = new PushedCommit(
                staleRun.name().toString(),
                record.get().pushed().orElseThrow().commit().hex(),
                number);
        for (JournalContent.Awaited awaited : staleRun.builds()) {
            if (awaited.pullRequest() && number.isEmpty()) {
                // Without a pull request there was no build.
                continue;
            }
            try {
                cancelBuild(awaited, start);
            } catch (CrossCompileException e) {
                warn(
                        "A build of the branch " + staleRun.name() + " by a killed run may still run on "
                                + awaited.service().title() + ": ",
                        e);
            }
        }
    }

    private void cancelBuild(JournalContent.Awaited awaited, PushedCommit start)
            throws CrossCompileException, InterruptedException {
        CiServices services = new CiServices(
                new CiAccess(
                        scope.services().settings(http.clock().instant()),
                        scope.github().name(),
                        awaited.pullRequest(),
                        Optional.empty(),
                        http),
                credentials);
        if (!services.api(awaited.service()).equals(awaited.api())) {
            // The token belongs to another API.
            throw new ActionNeededException("it was begun at " + awaited.api() + ", and "
                    + CiProviders.of(awaited.service()).apiParameter() + " names " + services.api(awaited.service())
                    + ". Cancel it there, or run the goal clean-up with that URL.");
        }
        listener.info("Cancelling any build of a killed run's branch " + start.branch() + " on "
                + awaited.service().title() + ".");
        services.of(awaited.service()).cancel(start);
    }

    /** @param what the remains, unless the failure names them */
    void warn(String what, CrossCompileException failure) {
        left++;
        listener.warning(what + failure.getMessage());
    }
}

package io.github.traviscompile.run.remote;

import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.plan.CiProviders;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Removes one leftover after the other from one repository. A failure is a warning, and the next thing is tried. */
final class StaleRunRemover {

    /** Longer than any job on Travis CI, whose limits are 50 and 120 minutes (docs.travis-ci.com, "Build Timeouts"). */
    private static final Duration LONGEST_BUILD = Duration.ofDays(1);

    private final CleanUp.CleanUpScope place;
    private final EventPublisher listener;
    private final Credentials credentials;
    private final HttpSettings http;
    private int removed;
    private int left;

    StaleRunRemover(CleanUp.CleanUpScope place, EventPublisher listener, Credentials credentials, HttpSettings http) {
        this.place = place;
        this.listener = listener;
        this.credentials = credentials;
        this.http = http;
    }

    CleanUp.Outcome outcome() {
        return new CleanUp.Outcome(removed, left);
    }

    void remove(StaleRun leftover) throws InterruptedException {
        int leftBefore = left;
        Optional<TemporaryPullRequest> pullRequest = find(leftover);
        cancelBuilds(leftover, pullRequest);
        if (pullRequest.isPresent()) {
            close(pullRequest.get());
        }
        if (leftover.branch().isPresent()) {
            delete(leftover.branch().get());
        }
        if (leftover.moved() || isForeignNow(leftover)) {
            left++;
            listener.warning("The branch " + leftover.name() + " in "
                    + place.github().name()
                    + " of a killed run stays: someone has pushed to it since. Delete it there if nobody needs it.");
        }
        if (left == leftBefore && leftover.journal().isPresent()) {
            forget(leftover.journal().get());
        }
    }

    /** Whether there is a branch of a known run's whose tip does not even say any more that it is one of ours. */
    private boolean isForeignNow(StaleRun leftover) throws InterruptedException {
        try {
            return leftover.branch().isEmpty()
                    && place.branches().tip(leftover.name()).isPresent();
        } catch (CrossCompileException e) {
            warn("", e);
            return false;
        }
    }

    private Optional<TemporaryPullRequest> find(StaleRun leftover) {
        try {
            return place.github()
                    .findPullRequest(leftover.name().toString())
                    .filter(open -> leftover.takes(open.number()));
        } catch (CrossCompileException e) {
            warn("The pull request of " + leftover.name() + " by a killed run may still be open: ", e);
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
            place.branches().delete(branch);
            removed++;
            listener.info("Deleted the branch " + branch.name() + " in "
                    + place.github().name() + ", which a killed run left.");
        } catch (CrossCompileException e) {
            warn("", e);
        }
    }

    /** Nothing refers to the journal any more. */
    void forget(RunJournals.Dead journal) {
        try {
            journal.delete();
        } catch (WorkFailedException e) {
            warn("", e);
        }
    }

    private void cancelBuilds(StaleRun leftover, Optional<TemporaryPullRequest> pullRequest)
            throws InterruptedException {
        boolean tooOld = leftover.name()
                .created()
                .plus(LONGEST_BUILD)
                .isBefore(place.github().now());
        Optional<JournalContent> record = leftover.journal().map(RunJournals.Dead::record);
        if (record.isEmpty() || tooOld) {
            return;
        }
        OptionalInt known = record.get().number();
        OptionalLong number = known.isPresent()
                ? OptionalLong.of(known.getAsInt())
                : pullRequest.map(open -> OptionalLong.of(open.number())).orElse(OptionalLong.empty());
        PushedCommit start = new PushedCommit(
                leftover.name().toString(),
                record.get().pushed().orElseThrow().commit().hex(),
                number);
        for (JournalContent.Awaited awaited : leftover.builds()) {
            if (awaited.pullRequest() && number.isEmpty()) {
                // Without a pull request there was nothing to build.
                continue;
            }
            try {
                cancelBuild(awaited, start);
            } catch (CrossCompileException e) {
                warn(
                        "A build of the branch " + leftover.name() + " by a killed run may still run on "
                                + awaited.service().title() + ": ",
                        e);
            }
        }
    }

    private void cancelBuild(JournalContent.Awaited awaited, PushedCommit start)
            throws CrossCompileException, InterruptedException {
        CiProviders services = new CiProviders(
                place.services(),
                place.github().name().toString(),
                awaited.pullRequest(),
                Optional.empty(),
                credentials,
                http);
        if (!services.api(awaited.service()).equals(awaited.api())) {
            // The token is not that one's.
            throw new ActionNeededException("it was begun at " + awaited.api() + ", and "
                    + CiProviders.urlParameter(awaited.service()) + " names " + services.api(awaited.service())
                    + ". Cancel it there, or run the goal clean-up with that URL.");
        }
        listener.info("Cancelling what " + awaited.service().title() + " may still build of a killed run's branch "
                + start.branch() + ".");
        services.of(awaited.service()).cancel(start);
    }

    /** @param what is left, unless the failure says so itself */
    void warn(String what, CrossCompileException failure) {
        left++;
        listener.warning(what + failure.getMessage());
    }
}

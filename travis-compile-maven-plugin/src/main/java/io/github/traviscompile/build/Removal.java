package io.github.traviscompile.build;

import io.github.traviscompile.ci.travis.TravisEvent;
import io.github.traviscompile.ci.travis.TravisLimits;
import io.github.traviscompile.ci.travis.TravisPatience;
import io.github.traviscompile.ci.travis.TravisRepository;
import io.github.traviscompile.ci.travis.TravisService;
import io.github.traviscompile.ci.travis.TravisStart;
import io.github.traviscompile.ci.travis.TravisTrigger;
import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.WorkFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Removes one leftover after the other from one repository. A failure is a warning, and the next thing is tried. */
final class Removal {

    /** Longer than any job on Travis CI, whose limits are 50 and 120 minutes (docs.travis-ci.com, "Build Timeouts"). */
    private static final Duration LONGEST_BUILD = Duration.ofDays(1);

    /** A watch that never looks has no use for limits. */
    private static final TravisLimits NO_LOOK = new TravisLimits(LONGEST_BUILD, LONGEST_BUILD);

    private final Sweep.Place place;
    private final BuildListener listener;
    private final InstantSource clock;
    private final Credentials credentials;
    private final TravisPatience patience;
    private int removed;
    private int left;

    Removal(
            Sweep.Place place,
            BuildListener listener,
            InstantSource clock,
            Credentials credentials,
            TravisPatience patience) {
        this.place = place;
        this.listener = listener;
        this.clock = clock;
        this.credentials = credentials;
        this.patience = patience;
    }

    Sweep.Outcome outcome() {
        return new Sweep.Outcome(removed, left);
    }

    void remove(Leftover leftover) throws InterruptedException {
        int leftBefore = left;
        Optional<TemporaryPullRequest> pullRequest = find(leftover);
        cancelBuild(leftover, pullRequest);
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
    private boolean isForeignNow(Leftover leftover) throws InterruptedException {
        try {
            return leftover.branch().isEmpty()
                    && place.branches().tip(leftover.name()).isPresent();
        } catch (CrossCompileException e) {
            warn("", e);
            return false;
        }
    }

    private Optional<TemporaryPullRequest> find(Leftover leftover) {
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

    private void cancelBuild(Leftover leftover, Optional<TemporaryPullRequest> pullRequest)
            throws InterruptedException {
        boolean tooOld = leftover.name()
                .created()
                .plus(LONGEST_BUILD)
                .isBefore(place.github().now());
        Optional<RunRecord> record = leftover.journal().map(RunJournals.Dead::record);
        if (leftover.builds().isEmpty() || record.isEmpty() || tooOld) {
            return;
        }
        OptionalInt known = record.get().number();
        OptionalLong number = known.isPresent()
                ? OptionalLong.of(known.getAsInt())
                : pullRequest.map(open -> OptionalLong.of(open.number())).orElse(OptionalLong.empty());
        TravisEvent event = leftover.builds().get().event();
        if (event == TravisEvent.PULL_REQUEST && number.isEmpty()) {
            // Without a pull request there was nothing to build.
            return;
        }
        TravisStart start = new TravisStart(
                new TravisTrigger(event, leftover.name().toString()),
                record.get().pushed().orElseThrow().commit().hex(),
                event == TravisEvent.PUSH ? OptionalLong.empty() : number);
        try {
            cancelBuild(leftover.builds().get().travisApi(), start);
        } catch (CrossCompileException e) {
            warn("A build of the branch " + leftover.name() + " by a killed run may still run on Travis CI: ", e);
        }
    }

    private void cancelBuild(URI api, TravisStart start) throws CrossCompileException, InterruptedException {
        if (!api.equals(place.services().travisApi())) {
            // The token is not that one's.
            throw new ActionNeededException("it was begun at " + api + ", and <travisApiUrl>"
                    + " (-Dtravis-compile.travisApiUrl) names "
                    + place.services().travisApi()
                    + ". Cancel it there, or run the goal clean-up with that URL.");
        }
        TravisService travis = new TravisService(api, credentials.travis(), patience, clock);
        TravisRepository repository = travis.requireReady(
                place.github().name().toString(), start.trigger().event());
        listener.info("Cancelling what Travis CI may still build of a killed run's branch "
                + start.trigger().branch() + ".");
        travis.watch(repository, start, List.of(), NO_LOOK).close();
    }

    /** @param what is left, unless the failure says so itself */
    void warn(String what, CrossCompileException failure) {
        left++;
        listener.warning(what + failure.getMessage());
    }
}

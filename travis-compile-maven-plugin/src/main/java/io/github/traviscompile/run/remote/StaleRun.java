package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The remains of one run in a repository.
 *
 * @param branch the branch to delete, in the state that was found
 * @param moved whether a branch of that name differs from the one that the journal's run pushed
 * @param journal the run's journal, if it used this cache directory
 */
record StaleRun(BranchName name, Optional<FoundBranch> branch, boolean moved, Optional<RunJournals.Dead> journal) {

    /**
     * Selects what to remove: of dead runs, everything in their journals; of unknown runs, everything expired.
     *
     * @param found branches whose name and tip are the plugin's own
     * @param dead journals of the repository
     * @param living runs whose branches stay even if expired
     * @param now the time of GitHub's clock
     */
    static List<StaleRun> among(List<FoundBranch> found, List<RunJournals.Dead> dead, Set<RunId> living, Instant now) {
        Map<BranchName, FoundBranch> unclaimed = new HashMap<>();
        found.forEach(branch -> unclaimed.put(branch.name(), branch));
        List<StaleRun> staleRuns = new ArrayList<>();
        for (RunJournals.Dead journal : dead) {
            journal.record()
                    .pushed()
                    .map(pushed -> of(journal, pushed, unclaimed.remove(pushed.branch()), now))
                    .ifPresent(staleRuns::add);
        }
        for (FoundBranch branch : found) {
            if (unclaimed.containsKey(branch.name())
                    && hasExpired(branch, now)
                    && !living.contains(branch.name().run())) {
                staleRuns.add(new StaleRun(branch.name(), Optional.of(branch), false, Optional.empty()));
            }
        }
        return staleRuns;
    }

    private static StaleRun of(
            RunJournals.Dead journal, JournalContent.Pushed pushed, @Nullable FoundBranch there, Instant now) {
        Optional<FoundBranch> ours = Optional.ofNullable(there)
                .filter(branch -> branch.tip().equals(pushed.commit()) || hasExpired(branch, now));
        return new StaleRun(pushed.branch(), ours, there != null && ours.isEmpty(), Optional.of(journal));
    }

    private static boolean hasExpired(FoundBranch branch, Instant now) {
        return branch.expires().isBefore(now);
    }

    /** Returns whether an open pull request of the branch, with that number, is removed too. */
    boolean takes(int pullRequest) {
        return branch.isPresent()
                || journal.map(RunJournals.Dead::record)
                        .filter(JournalContent::pullRequest)
                        .filter(record -> record.number().orElse(pullRequest) == pullRequest)
                        .isPresent();
    }

    /** Returns the services whose builds may still run. */
    List<JournalContent.Awaited> builds() {
        return journal.map(dead -> dead.record().builds()).orElse(List.of());
    }
}

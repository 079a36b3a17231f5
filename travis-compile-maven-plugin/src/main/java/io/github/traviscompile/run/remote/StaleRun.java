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
 * What one run left in a repository.
 *
 * @param branch may be deleted as it was found
 * @param moved whether there is a branch of that name which is not what the journal's run pushed
 * @param journal of the run, where it ran with this cache directory
 */
record StaleRun(BranchName name, Optional<FoundBranch> branch, boolean moved, Optional<RunJournals.Dead> journal) {

    /**
     * Decides what may go: of dead runs, what they noted; of runs that nobody here knows, what has expired.
     *
     * @param found branches whose name and tip both say that they are ours
     * @param dead journals of the repository
     * @param living runs whose branches are left alone though they look expired
     * @param now by GitHub's clock
     */
    static List<StaleRun> among(List<FoundBranch> found, List<RunJournals.Dead> dead, Set<RunId> living, Instant now) {
        Map<BranchName, FoundBranch> unclaimed = new HashMap<>();
        found.forEach(branch -> unclaimed.put(branch.name(), branch));
        List<StaleRun> leftovers = new ArrayList<>();
        for (RunJournals.Dead journal : dead) {
            journal.record()
                    .pushed()
                    .map(pushed -> of(journal, pushed, unclaimed.remove(pushed.branch()), now))
                    .ifPresent(leftovers::add);
        }
        for (FoundBranch branch : found) {
            if (unclaimed.containsKey(branch.name())
                    && hasExpired(branch, now)
                    && !living.contains(branch.name().run())) {
                leftovers.add(new StaleRun(branch.name(), Optional.of(branch), false, Optional.empty()));
            }
        }
        return leftovers;
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

    /** Whether an open pull request of the branch, with that number, goes too. */
    boolean takes(int pullRequest) {
        return branch.isPresent()
                || journal.map(RunJournals.Dead::record)
                        .filter(JournalContent::pullRequest)
                        .filter(record -> record.number().orElse(pullRequest) == pullRequest)
                        .isPresent();
    }

    /** Where builds of it were expected, which may run still. */
    List<JournalContent.Awaited> builds() {
        return journal.map(dead -> dead.record().builds()).orElse(List.of());
    }
}

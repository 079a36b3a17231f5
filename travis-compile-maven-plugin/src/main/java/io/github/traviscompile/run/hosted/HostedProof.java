package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.legs.LegHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proof that a hosted leg gives beyond its key. It compiled this run's snapshot, and the service's own log names each
 * file with its digest. A thief of the key can do harm, but cannot pass for the leg.
 */
public record HostedProof(RunId run, TreeId snapshot, EventPublisher listener) {

    /**
     * Compares what was delivered with what the service shows.
     *
     * @throws WorkFailedException if they contradict each other
     */
    FinishedLeg require(LegEnd end, FinishedLeg finished) throws CrossCompileException {
        String leg = end.leg().id();
        String tree = finished.details().getOrDefault("tree", "none");
        if (!tree.equals(snapshot.hex())) {
            throw new WorkFailedException(leg + " cannot be trusted: it compiled the tree " + tree
                    + " instead of the snapshot " + snapshot + ". " + end.whereToLook());
        }
        List<String> silent = new ArrayList<>();
        for (FinishedLeg.File file : finished.files()) {
            Optional<JobLog.LogEvidence> verdict =
                    end.jobLog().map(log -> log.verdict(run, end.leg(), file.output(), file.sha256(), file.size()));
            switch (verdict.orElse(JobLog.LogEvidence.SILENT)) {
                case CONFIRMED -> {}
                case SILENT -> silent.add(file.output().fileName());
                case CONTRADICTED ->
                    throw new WorkFailedException(leg + " cannot be trusted: its log names another content of "
                            + file.output().fileName() + " than the one that arrived, so somebody else has this leg's"
                            + " key. " + end.whereToLook());
            }
        }
        if (!silent.isEmpty()) {
            listener.warning(leg + ": the service's log does not name the digest of " + String.join(", ", silent)
                    + ", so nothing but the leg's key vouches for it. " + end.whereToLook());
        }
        return finished.with(LegHistory.LOG, silent.isEmpty() ? "confirmed" : "silent");
    }
}

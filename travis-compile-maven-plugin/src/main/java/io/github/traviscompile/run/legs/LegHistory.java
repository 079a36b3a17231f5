package io.github.traviscompile.run.legs;

import io.github.traviscompile.git.BaseCommit;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.TreeId;
import io.github.traviscompile.packaging.Provenance;
import io.github.traviscompile.run.api.FinishedLeg;
import io.github.traviscompile.run.plan.SmokeTestPolicy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The origin of a leg, recorded in its details while it is compiled, so that a reused leg has it too. These names
 * contain a dot, which no leg's report may use.
 */
public final class LegHistory {

    /** The detail with the evidence of a leg's log. */
    public static final String LOG = "log";

    private static final String SOURCE_COMMIT = "source.commit";
    private static final String SOURCE_REPOSITORY = "source.repository";
    private static final String PUSHED_COMMIT = "pushed.commit";
    private static final String PUSHED_REPOSITORY = "pushed.repository";
    private static final String PAGE = "run.page";

    /** The details of a leg's report for the provenance, and the evidence of its log. */
    private static final List<String> REPORTED =
            List.of("rustc", "cargo", "image", "system", SmokeTestPolicy.DETAIL, LOG);

    private LegHistory() {}

    /** Records the user's checked-out commit. */
    public static FinishedLeg source(FinishedLeg leg, Optional<BaseCommit> base) {
        FinishedLeg recorded = leg;
        if (base.isPresent()) {
            recorded = recorded.with(SOURCE_COMMIT, base.get().id().hex());
            if (base.get().repository().isPresent()) {
                recorded = recorded.with(
                        SOURCE_REPOSITORY, base.get().repository().get().toString());
            }
        }
        return recorded;
    }

    /** Records the commit that a hosted service received and the service's page on the run. */
    public static FinishedLeg sent(FinishedLeg leg, CommitId pushed, URI repository, Optional<URI> page) {
        FinishedLeg recorded = leg.with(PUSHED_COMMIT, pushed.hex()).with(PUSHED_REPOSITORY, repository.toString());
        return page.isPresent() ? recorded.with(PAGE, page.get().toString()) : recorded;
    }

    public static Provenance.Materials materials(FinishedLeg leg, TreeId snapshot, Optional<Sha256> cargoLock) {
        return new Provenance.Materials(
                snapshot,
                commit(leg, SOURCE_COMMIT, SOURCE_REPOSITORY),
                commit(leg, PUSHED_COMMIT, PUSHED_REPOSITORY),
                cargoLock);
    }

    private static Optional<Provenance.Commit> commit(FinishedLeg leg, String id, String repository) {
        return Optional.ofNullable(leg.details().get(id))
                .map(hex -> new Provenance.Commit(new CommitId(hex), uri(leg, repository)));
    }

    private static Optional<URI> uri(FinishedLeg leg, String name) {
        return Optional.ofNullable(leg.details().get(name)).map(URI::create);
    }

    public static Provenance.Run run(Leg leg, FinishedLeg finished, String pluginVersion) {
        SortedMap<String, String> reported = new TreeMap<>(finished.details());
        reported.keySet().retainAll(REPORTED);
        return new Provenance.Run(
                leg.service(),
                pluginVersion,
                uri(finished, PAGE),
                Optional.of(finished.finished().minus(finished.compileTime())),
                Optional.of(finished.finished()),
                reported);
    }
}

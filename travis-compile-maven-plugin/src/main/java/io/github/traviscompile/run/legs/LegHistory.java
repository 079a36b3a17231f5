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
 * How a leg came to be, noted in its details while it is compiled, so that it is told of a leg that is reused, too. What
 * is noted here has a dot in its name, which no leg can say of itself.
 */
public final class LegHistory {

    /** The detail of a leg that says what its log was worth. */
    public static final String LOG = "log";

    private static final String SOURCE_COMMIT = "source.commit";
    private static final String SOURCE_REPOSITORY = "source.repository";
    private static final String PUSHED_COMMIT = "pushed.commit";
    private static final String PUSHED_REPOSITORY = "pushed.repository";
    private static final String PAGE = "run.page";

    /** What is told of that which a leg says of itself, and what its log was worth. */
    private static final List<String> REPORTED =
            List.of("rustc", "cargo", "image", "system", SmokeTestPolicy.DETAIL, LOG);

    private LegHistory() {}

    /** Notes what the user had checked out. */
    public static FinishedLeg source(FinishedLeg leg, Optional<BaseCommit> base) {
        FinishedLeg noted = leg;
        if (base.isPresent()) {
            noted = noted.with(SOURCE_COMMIT, base.get().id().hex());
            if (base.get().repository().isPresent()) {
                noted = noted.with(
                        SOURCE_REPOSITORY, base.get().repository().get().toString());
            }
        }
        return noted;
    }

    /** Notes what a hosted service was given, and where it shows what it did with that. */
    public static FinishedLeg sent(FinishedLeg leg, CommitId pushed, URI repository, Optional<URI> page) {
        FinishedLeg noted = leg.with(PUSHED_COMMIT, pushed.hex()).with(PUSHED_REPOSITORY, repository.toString());
        return page.isPresent() ? noted.with(PAGE, page.get().toString()) : noted;
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

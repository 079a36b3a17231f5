package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The user's repository on a hosted service, ready to be built. */
public interface CiProject {

    /**
     * Returns the files that the commit needs so that the service compiles only {@code legs}.
     *
     * @param branch the temporary branch, without {@code refs/heads/}
     * @return contents by path relative to the checkout's root
     */
    SortedMap<String, byte[]> files(String branch, List<KeyedLeg> legs)
            throws CrossCompileException, InterruptedException;

    /**
     * Begins to follow the build of {@code start}; sends no request yet. The caller closes the result, which cancels
     * what has not ended.
     */
    CiWatch watch(PushedCommit start, List<Leg> legs, CiTimeouts limits);

    /**
     * Judges the token by which somebody claims to be the job of a leg, where {@link CiProvider#jobsHaveIdentity}; from any
     * thread.
     *
     * @param leg its id
     * @param audience what the token must be meant for
     * @return why it is not believed, for the user and for nobody else; empty if it is
     */
    default Optional<String> objection(String leg, String token, String audience) throws InterruptedException {
        return Optional.of("jobs of this service have no tokens");
    }

    /** Why the last one who claimed to be the job of this leg was not believed; empty where nobody was refused last. */
    default Optional<String> lastObjection(String leg) {
        return Optional.empty();
    }
}

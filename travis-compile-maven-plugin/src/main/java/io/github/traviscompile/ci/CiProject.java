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
     * Verifies the token of a sender that claims to be a leg's job, if {@link CiProvider#jobsHaveIdentity}; from any
     * thread.
     *
     * @param leg the claimed leg's id
     * @param audience the required audience of the token
     * @return the reason of a rejection, for this machine's user and never for the sender; empty if the token is
     *     valid
     */
    default Optional<String> objection(String leg, String token, String audience) throws InterruptedException {
        return Optional.of("jobs of this service have no tokens");
    }

    /** Returns the reason of this leg's latest rejection; empty if the latest token was valid or there was none. */
    default Optional<String> lastObjection(String leg) {
        return Optional.empty();
    }
}

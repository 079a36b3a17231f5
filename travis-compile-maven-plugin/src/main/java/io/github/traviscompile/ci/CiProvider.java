package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Describes a hosted CI service: what is known of it without asking it. Implementations have no state. */
public interface CiProvider {

    /** Its id and title. */
    Service service();

    /** The word between brackets after {@code skip} by which a commit's title tells it to leave the commit alone. */
    String skipWord();

    /** The parameter with the URL of its API. */
    Parameter apiParameter();

    /**
     * Its parameters that are URLs, each with an example; that of the API, which is among them, is its default. Other
     * parameters of the service are taken as they are.
     */
    Map<Parameter, String> urls();

    /** The place of its own token; empty where it goes by the token for GitHub, which every hosted build needs. */
    default Optional<CiToken> token() {
        return Optional.empty();
    }

    /** A sentence on where a user gets its token, without the full stop; only asked where {@link #token} is there. */
    default String tokenOrigin(CiSettings settings) {
        throw new IllegalStateException(service().title() + " has no token of its own.");
    }

    /**
     * The rank of the service among those for {@code platform} where the user names none; the lowest is preferred. Two
     * services never have the same one.
     *
     * @return empty where it is not considered
     */
    OptionalInt rank(Platform platform);

    /**
     * Why the service cannot compile for {@code platform}.
     *
     * @return the rest of a sentence that begins with the service's title; empty if it can
     */
    Optional<String> unsupportedReason(Platform platform, CiSettings settings) throws CrossCompileException;

    /** Full sentences on {@code platforms}, which it is to compile, such as that a machine is about to go. */
    default List<String> warnings(List<Platform> platforms, CiSettings settings) {
        return List.of();
    }

    /** Whether it builds pull requests, where one is opened; otherwise it builds each push. */
    default boolean buildsPullRequests() {
        return false;
    }

    /** Whether its jobs prove who they are by tokens of the service, and make the keys of their legs themselves. */
    default boolean jobsHaveIdentity() {
        return false;
    }

    /** Whether it keeps outputs of legs for download, so that a run needs no tunnel. */
    default boolean keepsArtifacts() {
        return false;
    }

    /**
     * The service for one run; asks nothing yet.
     *
     * @param token the one of {@link #token}, or that for GitHub
     */
    CiService open(CiAccess access, Secret token) throws CrossCompileException;
}

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

/** The description of a hosted CI service, known without a request to it. Implementations have no state. */
public interface CiProvider {

    /** Returns its id and title. */
    Service service();

    /**
     * Returns the word in brackets after {@code skip} with which a commit's title excludes the commit from the
     * service's builds.
     */
    String skipWord();

    /** Returns the parameter with the URL of its API. */
    Parameter apiParameter();

    /**
     * Returns its URL parameters, each with an example. They include the API's, whose example is its default. Other
     * parameters of the service stay unchecked.
     */
    Map<Parameter, String> urls();

    /**
     * Returns the place of its own token. Empty if the service uses the token for GitHub, which every hosted build
     * needs.
     */
    default Optional<CiToken> token() {
        return Optional.empty();
    }

    /**
     * Returns a sentence on the page that gives users its token, without the full stop. Callers require that {@link
     * #token} is present.
     */
    default String tokenOrigin(CiSettings settings) {
        throw new IllegalStateException(service().title() + " has no token of its own.");
    }

    /**
     * Returns the rank of the service among those for {@code platform} if the user names none; the lowest is preferred.
     * Two services never have the same one.
     *
     * @return empty if the service is not considered
     */
    OptionalInt rank(Platform platform);

    /**
     * Returns the reason why the service cannot compile for {@code platform}.
     *
     * @return the rest of a sentence that begins with the service's title; empty if it can
     */
    Optional<String> unsupportedReason(Platform platform, CiSettings settings) throws CrossCompileException;

    /**
     * Returns warnings on {@code platforms} of a plan, as full sentences, such as that the service will soon remove a
     * machine.
     */
    default List<String> warnings(List<Platform> platforms, CiSettings settings) {
        return List.of();
    }

    /** Whether it builds the pull request, if there is one, instead of each push. */
    default boolean buildsPullRequests() {
        return false;
    }

    /** Whether its jobs prove their identity by tokens of the service, and make the keys of their legs themselves. */
    default boolean jobsHaveIdentity() {
        return false;
    }

    /** Whether it keeps outputs of legs for download, so that a run needs no tunnel. */
    default boolean keepsArtifacts() {
        return false;
    }

    /**
     * Opens the service for one run; sends no request yet.
     *
     * @param token the one of {@link #token}, or that for GitHub
     */
    CiService open(CiAccess access, Secret token) throws CrossCompileException;
}

package io.github.traviscompile.ci;

import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Platform;
import io.github.traviscompile.platform.Service;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A hosted service that compiles what is pushed to a branch, for an account of the user's. */
public interface CiService {

    Service service();

    /** Where its API is; what a journal names. */
    URI api();

    /**
     * Why it cannot compile for {@code platform} on any of its machines; asks nobody.
     *
     * @return the rest of a sentence that begins with the service, such as {@code has had no macOS since …}
     */
    Optional<String> lacks(Platform platform);

    /**
     * Makes sure that builds of {@code legs} would start: the token is valid, the repository known and switched on, and
     * credit left. Changes nothing.
     */
    CiProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException;

    /** From now on nothing is waited for longer than somebody waits who pressed Ctrl-C; from any thread. */
    void hurry();
}

package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Service;
import java.net.URI;
import java.util.List;

/** A hosted service that compiles pushed branches of one repository, for one of the user's accounts. */
public interface CiService {

    Service service();

    /** Returns the address of its API, which identifies it in a journal. */
    URI api();

    /** Returns its page for the repository. */
    URI page();

    /**
     * Makes sure that builds of {@code legs} would start: the token is valid, the repository known and enabled, and
     * credit left. Changes nothing.
     */
    CiProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException;

    /**
     * Cancels the build of {@code start}, unless it has ended. Needs only the token and the repository, so that it
     * works even if the service can no longer build.
     */
    void cancel(PushedCommit start) throws CrossCompileException, InterruptedException;

    /** Limits each further wait to the time that a user waits after Ctrl-C; from any thread. */
    void shortenTimeouts();
}

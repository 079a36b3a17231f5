package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Service;
import java.net.URI;
import java.util.List;

/** A hosted service that compiles what is pushed to a branch of one repository, for an account of the user's. */
public interface CiService {

    Service service();

    /** Where its API is; what a journal names. */
    URI api();

    /** Where a person sees whatever it does for the repository. */
    URI page();

    /**
     * Makes sure that builds of {@code legs} would start: the token is valid, the repository known and switched on, and
     * credit left. Changes nothing.
     */
    CiProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException;

    /**
     * Cancels what {@code start} led to, unless it has ended. Needs the token and the repository alone, so that it is
     * possible where nothing can be built any more.
     */
    void cancel(PushedCommit start) throws CrossCompileException, InterruptedException;

    /** From now on nothing is waited for longer than somebody waits who pressed Ctrl-C; from any thread. */
    void shortenTimeouts();
}

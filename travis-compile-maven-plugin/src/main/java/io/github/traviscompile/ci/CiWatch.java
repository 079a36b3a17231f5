package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import java.util.List;
import java.util.Optional;

/**
 * The builds of one run on one service, followed by looks at intervals. The caller that opened it closes it, which
 * cancels running and pending builds. One thread uses it at a time.
 */
public interface CiWatch extends AutoCloseable {

    /**
     * Looks once, without waiting; after a failed request the next look repeats it.
     *
     * @return a job for each leg as last seen, in the order of the legs; none while there is no build
     * @throws CrossCompileException if the service refuses to build, a limit is reached, the service stays
     *     unavailable, or builds something else
     */
    List<CiJob> look() throws CrossCompileException, InterruptedException;

    /**
     * Returns the service's log of a job that has ended.
     *
     * @return empty if the service shows no log, or none yet
     */
    Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException;

    @Override
    void close() throws CrossCompileException;
}

package io.github.traviscompile.ci;

import io.github.traviscompile.model.CrossCompileException;
import java.util.List;
import java.util.Optional;

/**
 * Follows the builds of one run by looking at them now and then. Whoever opened it closes it, which cancels what still runs
 * or is about to. One thread uses it at a time.
 */
public interface CiWatch extends AutoCloseable {

    /**
     * Looks once, without waiting: a service that does not answer is asked again by the next look.
     *
     * @return a job for each leg as last seen, in the order of the legs; none while there is no build
     * @throws CrossCompileException if the service refuses to build, a limit is reached, the service stays away, or builds
     *     something else
     */
    List<CiJob> look() throws CrossCompileException, InterruptedException;

    /**
     * What the service shows of a job that has ended.
     *
     * @return nothing where it shows no log (yet)
     */
    Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException;

    @Override
    void close() throws CrossCompileException;
}

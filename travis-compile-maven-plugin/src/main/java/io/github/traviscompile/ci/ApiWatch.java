package io.github.traviscompile.ci;

import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What following a build has in common wherever it runs: limits, troubles of the service, and an end that is not put off. */
public abstract class ApiWatch implements CiWatch {

    private final String service;
    private final ApiClient api;
    private final CiTimeouts limits;
    private final JobLimits jobLimits;
    private final InstantSource clock;
    private final Instant opened;

    private List<CiJob> jobs = List.of();
    private @Nullable Instant troubledSince;
    private Instant notBefore;
    private boolean closed;

    /** @param service how a sentence names it */
    protected ApiWatch(String service, ApiClient api, CiTimeouts limits) {
        this.service = service;
        this.api = api;
        this.limits = limits;
        this.clock = api.http().settings().clock();
        this.opened = clock.instant();
        this.notBefore = opened;
        this.jobLimits = new JobLimits(service, limits, opened);
    }

    /** One attempt to see a job for each leg, in the order of the legs; none while there is no build. */
    protected abstract List<CiJob> see() throws CrossCompileException, ServiceBusyException, InterruptedException;

    /** The failure of a build whose jobs did not come to be within {@code minutes}. */
    protected abstract ActionNeededException nothingBegan(long minutes);

    /** Cancels the build unless there is none. */
    protected abstract void cancel() throws CrossCompileException, InterruptedException;

    @Override
    public final List<CiJob> look() throws CrossCompileException, InterruptedException {
        Instant now = clock.instant();
        if (!notBefore.isAfter(now)) {
            try {
                jobs = see();
                troubledSince = null;
            } catch (ServiceBusyException e) {
                troubledSince = troubledSince == null ? now : troubledSince;
                if (troubledSince.plus(api.timeouts().total()).isBefore(now)) {
                    throw api.givenUp("follow the build", e);
                }
                notBefore = now.plus(e.retryAfter());
            }
        }
        if (jobs.isEmpty()
                && troubledSince == null
                && opened.plus(limits.queue()).isBefore(now)) {
            throw nothingBegan(limits.queue().toMinutes());
        }
        jobLimits.require(jobs, now);
        return jobs;
    }

    /** The jobs as last seen. */
    protected final List<CiJob> jobs() {
        return jobs;
    }

    /** Cancels what has not ended; a build that nobody has seen yet is looked for once more. */
    @Override
    public final void close() throws CrossCompileException {
        boolean ended =
                !jobs.isEmpty() && jobs.stream().allMatch(job -> job.stage().isFinal());
        if (closed || ended) {
            return;
        }
        closed = true;
        // What was begun must end also for a thread that is asked to stop.
        boolean interrupted = Thread.interrupted();
        try {
            cancel();
        } catch (InterruptedException e) {
            interrupted = true;
            throw new WorkFailedException(
                    "The build on " + service + " may still run: interrupted while cancelling it.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

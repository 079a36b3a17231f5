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

/** The common part of following a build on any service: limits, the service's failures, and a prompt end. */
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

    /** @param service its name in messages */
    protected ApiWatch(String service, ApiClient api, CiTimeouts limits) {
        this.service = service;
        this.api = api;
        this.limits = limits;
        this.clock = api.http().settings().clock();
        this.opened = clock.instant();
        this.notBefore = opened;
        this.jobLimits = new JobLimits(service, limits, opened);
    }

    /** Makes one attempt to read a job for each leg, in the order of the legs; none while there is no build. */
    protected abstract List<CiJob> see() throws CrossCompileException, ServiceBusyException, InterruptedException;

    /** Returns the failure of a build without jobs after {@code minutes}. */
    protected abstract ActionNeededException nothingBegan(long minutes);

    /** Cancels the build, if there is one. */
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

    /** Returns the jobs of the latest look. */
    protected final List<CiJob> jobs() {
        return jobs;
    }

    /** Cancels what has not ended; looks once more for a build that no look has found yet. */
    @Override
    public final void close() throws CrossCompileException {
        boolean ended =
                !jobs.isEmpty() && jobs.stream().allMatch(job -> job.stage().isFinal());
        if (closed || ended) {
            return;
        }
        closed = true;
        // Builds must end even if the thread is interrupted.
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

package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiBusyException;
import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.JobLimits;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.WorkFailedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows the run that a push starts, found by its commit. */
final class ActionsWatch implements CiWatch {

    private final ActionsApi api;
    private final WorkflowRuns runs;
    private final String slug;
    private final CiStart start;
    private final List<Leg> legs;
    private final CiLimits limits;
    private final JobLimits jobLimits;
    private final ApiPatience patience;
    private final InstantSource clock;
    private final Instant opened;
    private final Map<String, WorkflowRuns.Job> known = new LinkedHashMap<>();

    private WorkflowRuns.@Nullable Run run;
    private List<CiJob> jobs = List.of();
    private @Nullable Instant troubledSince;
    private Instant notBefore;
    private boolean closed;

    ActionsWatch(
            ActionsApi api,
            String slug,
            CiStart start,
            List<Leg> legs,
            CiLimits limits,
            ApiPatience patience,
            InstantSource clock) {
        this.api = api;
        this.runs = new WorkflowRuns(api, slug);
        this.slug = slug;
        this.start = start;
        this.legs = List.copyOf(legs);
        this.limits = limits;
        this.patience = patience;
        this.clock = clock;
        this.opened = clock.instant();
        this.notBefore = opened;
        this.jobLimits = new JobLimits("GitHub Actions", limits, opened);
    }

    @Override
    public List<CiJob> look() throws CrossCompileException, InterruptedException {
        Instant now = clock.instant();
        if (!notBefore.isAfter(now)) {
            try {
                see();
                troubledSince = null;
            } catch (ApiBusyException e) {
                troubledSince = troubledSince == null ? now : troubledSince;
                if (troubledSince.plus(patience.total()).isBefore(now)) {
                    throw api.givenUp("follow the run", e);
                }
                notBefore = now.plus(e.retryAfter());
            }
        }
        if (jobs.isEmpty() && opened.plus(limits.queue()).isBefore(now)) {
            throw nothingStarted();
        }
        jobLimits.require(jobs, now);
        return jobs;
    }

    private void see() throws CrossCompileException, ApiBusyException, InterruptedException {
        if (run == null || jobs.isEmpty()) {
            run = runs.of(start).stream().findFirst().orElse(null);
        }
        if (run == null) {
            return;
        }
        List<CiJob> seen = readJobs(run.id());
        // Jobs come to be a moment after their run.
        if (seen.isEmpty() && run.hasEnded()) {
            throw notStarted(run);
        }
        jobs = seen;
    }

    /** A job for each leg; none while some are missing still. */
    private List<CiJob> readJobs(long id) throws CrossCompileException, ApiBusyException, InterruptedException {
        Map<String, WorkflowRuns.Job> byName = runs.jobs(id).stream()
                .collect(Collectors.toMap(
                        WorkflowRuns.Job::name, job -> job, (one, other) -> other, LinkedHashMap::new));
        List<CiJob> read = new ArrayList<>();
        for (Leg leg : legs) {
            WorkflowRuns.@Nullable Job job = byName.remove(leg.id());
            if (job != null) {
                known.put(String.valueOf(job.id()), job);
                read.add(new CiJob(
                        leg,
                        String.valueOf(job.id()),
                        job.word(),
                        job.stage(),
                        api.site().jobPage(slug, id, job.id())));
            }
        }
        if (!legs.isEmpty() && !byName.isEmpty()) {
            throw new WorkFailedException("GitHub Actions read something else than this run's workflow: "
                    + api.site().runPage(slug, id) + " has jobs that this run did not ask for: " + byName.keySet()
                    + ".");
        }
        return read.size() == legs.size() ? List.copyOf(read) : List.of();
    }

    private ActionNeededException notStarted(WorkflowRuns.Run ended) {
        String why = switch (ended.conclusion()) {
            case "startup_failure" ->
                "it could not start the workflow (startup_failure). The reason stands on that page: a policy of the"
                        + " repository or its organization that forbids actions/checkout, an account that may not use"
                        + " runners, or a runner label that is gone";
            case "action_required" -> "somebody has to approve the run there (action_required)";
            default -> "the run ended before its jobs began (" + ended.conclusion() + ")";
        };
        return new ActionNeededException(
                "GitHub Actions compiled nothing, see " + api.site().runPage(slug, ended.id()) + ": " + why + ".");
    }

    private ActionNeededException nothingStarted() {
        return new ActionNeededException(
                "GitHub Actions started no run for the push of " + start.branch() + " to " + slug
                        + " within " + limits.queue().toMinutes() + " minutes. See that Actions is enabled at "
                        + api.site().settingsPage(slug) + " and, in a fork, was allowed by a person at "
                        + api.site().actionsPage(slug)
                        + ", or raise <queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes).");
    }

    @Override
    public Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException {
        WorkflowRuns.@Nullable Job seen = known.get(job.id());
        long checkRun = seen == null ? Long.parseLong(job.id()) : seen.checkRun();
        return api.insist("read the log of " + job.leg().id(), () -> runs.log(Long.parseLong(job.id()), checkRun))
                .map(JobLog::new);
    }

    /** A run that nobody has seen yet is looked for for a while: the push has been heard, and it is about to begin. */
    @Override
    public void close() throws CrossCompileException {
        if (closed) {
            return;
        }
        closed = true;
        // What was begun must end also for a thread that is asked to stop.
        boolean interrupted = Thread.interrupted();
        try {
            boolean ended =
                    !jobs.isEmpty() && jobs.stream().allMatch(job -> job.stage().isFinal());
            if (!ended) {
                new Cancelling(api, runs, slug).cancel(start, Optional.ofNullable(run));
            }
        } catch (InterruptedException e) {
            interrupted = true;
            throw new WorkFailedException("The run on GitHub Actions may go on: interrupted while cancelling it.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

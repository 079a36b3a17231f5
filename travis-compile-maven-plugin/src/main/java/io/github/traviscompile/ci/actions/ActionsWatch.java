package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiWatch;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.WorkFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The run that a push starts, found by its commit. */
final class ActionsWatch extends ApiWatch {

    private final GitHubApi api;
    private final ActionsSite site;
    private final WorkflowRuns runs;
    private final RepositoryName repository;
    private final PushedCommit start;
    private final List<Leg> legs;
    private final Map<String, WorkflowRuns.Job> known = new LinkedHashMap<>();

    private WorkflowRuns.@Nullable WorkflowRun run;

    ActionsWatch(
            GitHubApi api,
            ActionsSite site,
            RepositoryName repository,
            PushedCommit start,
            List<Leg> legs,
            CiTimeouts limits) {
        super("GitHub Actions", api, limits);
        this.site = site;
        this.api = api;
        this.runs = new WorkflowRuns(api, repository);
        this.repository = repository;
        this.start = start;
        this.legs = List.copyOf(legs);
    }

    @Override
    protected List<CiJob> see() throws CrossCompileException, ServiceBusyException, InterruptedException {
        if (run == null || jobs().isEmpty()) {
            run = runs.of(start).stream().findFirst().orElse(null);
        }
        if (run == null) {
            return List.of();
        }
        List<CiJob> seen = readJobs(run.id());
        // Jobs appear a moment after their run.
        if (seen.isEmpty() && run.hasEnded()) {
            throw notStarted(run);
        }
        return seen;
    }

    /** Reads a job for each leg; none while some are still missing. */
    private List<CiJob> readJobs(long id) throws CrossCompileException, ServiceBusyException, InterruptedException {
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
                        job.outcome(),
                        job.stage(),
                        site.jobPage(repository, id, job.id())));
            }
        }
        if (!legs.isEmpty() && !byName.isEmpty()) {
            throw new WorkFailedException("GitHub Actions read something else than this run's workflow: "
                    + site.runPage(repository, id) + " has jobs that this run did not ask for: " + byName.keySet()
                    + ".");
        }
        return read.size() == legs.size() ? List.copyOf(read) : List.of();
    }

    private ActionNeededException notStarted(WorkflowRuns.WorkflowRun ended) {
        String why = switch (ended.conclusion()) {
            case "startup_failure" ->
                "it could not start the workflow (startup_failure). The reason stands on that page: a policy of the"
                        + " repository or its organization that forbids actions/checkout, an account that may not use"
                        + " runners, or a runner label that is gone";
            case "action_required" -> "somebody has to approve the run there (action_required)";
            default -> "the run ended before its jobs began (" + ended.conclusion() + ")";
        };
        return new ActionNeededException(
                "GitHub Actions compiled nothing, see " + site.runPage(repository, ended.id()) + ": " + why + ".");
    }

    @Override
    protected ActionNeededException nothingBegan(long minutes) {
        return new ActionNeededException(
                "GitHub Actions started no run for the push of " + start.branch() + " to " + repository
                        + " within " + minutes + " minutes. See that Actions is enabled at "
                        + site.settingsPage(repository) + " and, in a fork, was allowed by a person at "
                        + site.actionsPage(repository)
                        + ", or raise " + Parameter.QUEUE_TIMEOUT_MINUTES + ".");
    }

    @Override
    public Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException {
        WorkflowRuns.@Nullable Job seen = known.get(job.id());
        long checkRun = seen == null ? Long.parseLong(job.id()) : seen.checkRun();
        return api.retry("read the log of " + job.leg().id(), () -> runs.log(Long.parseLong(job.id()), checkRun))
                .map(JobLog::new);
    }

    @Override
    protected void cancel() throws CrossCompileException, InterruptedException {
        new Cancelling(api, runs, site, repository).cancel(start, Optional.ofNullable(run));
    }
}

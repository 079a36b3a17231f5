package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.WorkFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** GitHub's lists of the runs of one repository. */
final class WorkflowRuns {

    private static final String NEWEST = "&per_page=100";

    private final GitHubApi api;
    private final String repository;

    /** @param repository {@code owner/name} */
    WorkflowRuns(GitHubApi api, RepositoryName repository) {
        this.api = api;
        this.repository = "/repos/" + repository;
    }

    /**
     * A run of our workflow.
     *
     * @param conclusion empty while it has not ended
     */
    record WorkflowRun(long id, String status, String conclusion) {

        boolean hasEnded() {
            return status.equals("completed");
        }
    }

    /**
     * A job of a run, in its latest attempt.
     *
     * @param checkRun the number of its check run, which its token contains
     * @param conclusion empty while it has not ended
     * @param scriptFailed whether the leg's script failed, and not an earlier step
     */
    record Job(long id, String name, long checkRun, String status, String conclusion, boolean scriptFailed) {

        /** Returns GitHub's own word for the job's progress. */
        String outcome() {
            return conclusion.isEmpty() ? status : conclusion;
        }

        CiJob.Stage stage() {
            if (!status.equals("completed")) {
                // A job with an unknown status counts as waiting.
                return status.equals("in_progress") ? CiJob.Stage.RUNNING : CiJob.Stage.WAITING;
            }
            return switch (conclusion) {
                case "success" -> CiJob.Stage.PASSED;
                case "failure" -> scriptFailed ? CiJob.Stage.FAILED : CiJob.Stage.BROKEN;
                default -> CiJob.Stage.BROKEN;
            };
        }
    }

    /** Lists the runs of our workflow that the push started, the newest first. */
    List<WorkflowRun> of(PushedCommit start) throws WorkFailedException, ServiceBusyException, InterruptedException {
        List<WorkflowRun> runs = new ArrayList<>();
        String path = repository + "/actions/runs?event=push&head_sha=" + start.commit() + NEWEST;
        for (ApiJson run : ApiJson.of(api.get(path)).list("workflow_runs")) {
            // GitHub sometimes puts the repository before the path and the ref behind it.
            boolean ours = run.string("head_sha").equals(Optional.of(start.commit()))
                    && run.string("head_branch").equals(Optional.of(start.branch()))
                    && run.string("path").orElse("").replaceFirst("@.*", "").endsWith(ActionsFile.PATH);
            if (ours) {
                runs.add(new WorkflowRun(
                        run.number("id").orElse(0L),
                        run.string("status").orElse(""),
                        run.string("conclusion").orElse("")));
            }
        }
        return runs;
    }

    /** Lists the jobs of a run. */
    List<Job> jobs(long run) throws WorkFailedException, ServiceBusyException, InterruptedException {
        List<Job> jobs = new ArrayList<>();
        String path = repository + "/actions/runs/" + run + "/jobs?filter=latest" + NEWEST;
        for (ApiJson job : ApiJson.of(api.get(path)).list("jobs")) {
            boolean scriptFailed = job.list("steps").stream()
                    .anyMatch(step -> step.string("name").equals(Optional.of(ActionsFile.STEP))
                            && step.string("conclusion").equals(Optional.of("failure")));
            String checkRun = job.string("check_run_url").orElse("").replaceFirst(".*/", "");
            jobs.add(new Job(
                    job.number("id").orElse(0L),
                    job.string("name").orElse(""),
                    checkRun.matches("[0-9]{1,18}") ? Long.parseLong(checkRun) : 0,
                    job.string("status").orElse(""),
                    job.string("conclusion").orElse(""),
                    scriptFailed));
        }
        return jobs;
    }

    /** Reads the log of a job that has ended; without a log, GitHub's annotations on why the job could not begin. */
    Optional<String> log(long job, long checkRun)
            throws WorkFailedException, ServiceBusyException, InterruptedException {
        HttpReply answer = api.getRedirected(repository + "/actions/jobs/" + job + "/logs");
        if (answer.succeeded() && !answer.body().isBlank()) {
            return Optional.of(answer.body());
        }
        HttpReply notes = api.get(repository + "/check-runs/" + checkRun + "/annotations");
        if (!notes.succeeded()) {
            return Optional.empty();
        }
        String text = ApiJson.listOf(notes).stream()
                .flatMap(note -> note.string("message").stream())
                .collect(Collectors.joining("\n"));
        return Optional.of(text).filter(said -> !said.isBlank());
    }

    HttpReply cancel(long run) throws WorkFailedException, ServiceBusyException, InterruptedException {
        return api.post(repository + "/actions/runs/" + run + "/cancel");
    }

    /** Forces the end of a run that continues after {@link #cancel}. */
    HttpReply forceCancel(long run) throws WorkFailedException, ServiceBusyException, InterruptedException {
        return api.post(repository + "/actions/runs/" + run + "/force-cancel");
    }
}

package io.github.traviscompile.ci.actions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.platform.WorkFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What GitHub lists of the runs of one repository. */
final class WorkflowRuns {

    private static final String NEWEST = "&per_page=100";

    private final ActionsApi api;
    private final String repository;

    /** @param slug {@code owner/name} */
    WorkflowRuns(ActionsApi api, String slug) {
        this.api = api;
        this.repository = "/repos/" + slug;
    }

    /**
     * A run of our workflow.
     *
     * @param conclusion empty while it has not ended
     */
    record Run(long id, String status, String conclusion) {

        boolean hasEnded() {
            return status.equals("completed");
        }
    }

    /**
     * A job of a run, in its latest attempt.
     *
     * @param checkRun the number of its check run, by which its token names it
     * @param conclusion empty while it has not ended
     * @param scriptFailed whether it is the leg's script that failed, and not what comes before
     */
    record Job(long id, String name, long checkRun, String status, String conclusion, boolean scriptFailed) {

        /** GitHub's own word for how far it is. */
        String word() {
            return conclusion.isEmpty() ? status : conclusion;
        }

        CiJob.Stage stage() {
            if (!status.equals("completed")) {
                // A word that is new to us means a job that waits.
                return status.equals("in_progress") ? CiJob.Stage.RUNNING : CiJob.Stage.WAITING;
            }
            return switch (conclusion) {
                case "success" -> CiJob.Stage.PASSED;
                case "failure" -> scriptFailed ? CiJob.Stage.FAILED : CiJob.Stage.BROKEN;
                default -> CiJob.Stage.BROKEN;
            };
        }
    }

    /** The runs of our workflow that the push started, the newest first. */
    List<Run> of(CiStart start) throws WorkFailedException, ActionsBusyException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        String path = repository + "/actions/runs?event=push&head_sha=" + start.commit() + NEWEST;
        for (JsonNode run : api.get(path).json().path("workflow_runs")) {
            // The path comes with the repository before it and the ref behind it at times.
            boolean ours = run.path("head_sha").asText().equals(start.commit())
                    && run.path("head_branch").asText().equals(start.branch())
                    && run.path("path").asText().replaceFirst("@.*", "").endsWith(WorkflowFile.PATH);
            if (ours) {
                runs.add(new Run(
                        run.path("id").asLong(),
                        run.path("status").asText(""),
                        run.path("conclusion").asText("")));
            }
        }
        return runs;
    }

    /** The jobs of a run. */
    List<Job> jobs(long run) throws WorkFailedException, ActionsBusyException, InterruptedException {
        List<Job> jobs = new ArrayList<>();
        String path = repository + "/actions/runs/" + run + "/jobs?filter=latest" + NEWEST;
        for (JsonNode job : api.get(path).json().path("jobs")) {
            boolean scriptFailed = false;
            for (JsonNode step : job.path("steps")) {
                scriptFailed |= step.path("name").asText().equals(WorkflowFile.STEP)
                        && step.path("conclusion").asText().equals("failure");
            }
            String checkRun = job.path("check_run_url").asText("").replaceFirst(".*/", "");
            jobs.add(new Job(
                    job.path("id").asLong(),
                    job.path("name").asText(),
                    checkRun.matches("[0-9]{1,18}") ? Long.parseLong(checkRun) : 0,
                    job.path("status").asText(""),
                    job.path("conclusion").asText(""),
                    scriptFailed));
        }
        return jobs;
    }

    /** The log of a job that has ended, from where GitHub keeps it; else what GitHub notes why it could not begin. */
    Optional<String> log(long job, long checkRun)
            throws WorkFailedException, ActionsBusyException, InterruptedException {
        ActionsAnswer answer = api.getElsewhere(repository + "/actions/jobs/" + job + "/logs");
        if (answer.succeeded() && !answer.body().isBlank()) {
            return Optional.of(answer.body());
        }
        ActionsAnswer notes = api.get(repository + "/check-runs/" + checkRun + "/annotations");
        if (!notes.succeeded()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        notes.json()
                .forEach(note -> text.append(note.path("message").asText("")).append('\n'));
        return Optional.of(text.toString()).filter(said -> !said.isBlank());
    }

    ActionsAnswer cancel(long run) throws ActionsBusyException, InterruptedException {
        return api.post(repository + "/actions/runs/" + run + "/cancel");
    }

    /** For a run that does not heed {@link #cancel}. */
    ActionsAnswer forceCancel(long run) throws ActionsBusyException, InterruptedException {
        return api.post(repository + "/actions/runs/" + run + "/force-cancel");
    }
}

package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.RetryPolicy;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.WorkFailedException;
import java.util.Optional;

/** The cancellation of a push's run: by a request, and by force if the run still does not end. */
final class Cancelling {

    /** The most looks for a run that is about to begin, and at a run that is about to end. */
    private static final int LOOKS = 4;

    private static final int CONFLICT = 409;

    private final GitHubApi api;
    private final WorkflowRuns runs;
    private final ActionsSite site;
    private final RepositoryName repository;

    Cancelling(GitHubApi api, WorkflowRuns runs, ActionsSite site, RepositoryName repository) {
        this.site = site;
        this.api = api;
        this.runs = runs;
        this.repository = repository;
    }

    void cancel(PushedCommit start, Optional<WorkflowRuns.WorkflowRun> known)
            throws CrossCompileException, InterruptedException {
        Optional<WorkflowRuns.WorkflowRun> run = known.isPresent() ? known : search(start);
        if (run.isEmpty() || run.get().hasEnded()) {
            return;
        }
        long id = run.get().id();
        Optional<String> refusal = refusal(() -> runs.cancel(id));
        if (api.http().isShortened() && refusal.isEmpty()) {
            // The user does not wait for its end.
            return;
        }
        if (hasEnded(start, id)) {
            return;
        }
        Optional<String> again = refusal(() -> runs.forceCancel(id));
        if (again.isPresent() && !hasEnded(start, id)) {
            throw new WorkFailedException("The run " + site.runPage(repository, id)
                    + " could not be cancelled and may go" + " on: GitHub " + again.get() + ". Cancel it there.");
        }
    }

    private Optional<WorkflowRuns.WorkflowRun> search(PushedCommit start)
            throws CrossCompileException, InterruptedException {
        RetryPolicy.Retries looks = looks();
        while (true) {
            try {
                Optional<WorkflowRuns.WorkflowRun> found =
                        runs.of(start).stream().findFirst();
                if (found.isPresent() || api.http().isShortened() || !looks.again()) {
                    return found;
                }
            } catch (ServiceBusyException e) {
                if (api.http().isShortened() || !looks.again()) {
                    throw new WorkFailedException(
                            "Whether GitHub Actions has begun a run for the push of " + start.branch()
                                    + " could not be found out: it " + e.getMessage() + ". If there is one at "
                                    + site.actionsPage(repository) + ", cancel it.",
                            e);
                }
            }
        }
    }

    private RetryPolicy.Retries looks() {
        return api.http().settings().begin(api.timeouts().looks(LOOKS));
    }

    private boolean hasEnded(PushedCommit start, long id) throws CrossCompileException, InterruptedException {
        RetryPolicy.Retries looks = looks();
        do {
            try {
                if (runs.of(start).stream().anyMatch(run -> run.id() == id && run.hasEnded())) {
                    return true;
                }
            } catch (ServiceBusyException e) {
                if (api.http().isShortened()) {
                    return false;
                }
            }
        } while (!api.http().isShortened() && looks.again());
        return false;
    }

    /** Sends the request. Returns GitHub's refusal as the end of a sentence; empty if there was none. */
    private Optional<String> refusal(ApiClient.Attempt<HttpReply> post)
            throws WorkFailedException, InterruptedException {
        try {
            HttpReply answer = api.attempt(post);
            // 409: the run has ended by itself, or cannot be cancelled at the moment.
            return answer.succeeded() || answer.status() == CONFLICT
                    ? Optional.empty()
                    : Optional.of("answered " + ApiJson.reason(answer));
        } catch (ServiceBusyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.HttpCaller;
import io.github.traviscompile.ci.HttpReply;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.ci.ServiceBusyException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.util.Optional;

/** Makes sure that the run of a push ends: it is asked to, and forced where that does not help. */
final class Cancelling {

    /** Looks for a run that is about to begin, and looks at one that is about to end. */
    private static final int LOOKS = 4;

    private static final int CONFLICT = 409;

    private final ActionsApi api;
    private final WorkflowRuns runs;
    private final String slug;

    Cancelling(ActionsApi api, WorkflowRuns runs, String slug) {
        this.api = api;
        this.runs = runs;
        this.slug = slug;
    }

    void cancel(PushedCommit start, Optional<WorkflowRuns.WorkflowRun> known)
            throws CrossCompileException, InterruptedException {
        Optional<WorkflowRuns.WorkflowRun> run = known.isPresent() ? known : search(start);
        if (run.isEmpty() || run.get().hasEnded()) {
            return;
        }
        long id = run.get().id();
        Optional<String> refusal = ask(() -> runs.cancel(id));
        if (api.isHurried() && refusal.isEmpty()) {
            // Nobody waits for it to end.
            return;
        }
        if (hasEnded(start, id)) {
            return;
        }
        Optional<String> again = ask(() -> runs.forceCancel(id));
        if (again.isPresent() && !hasEnded(start, id)) {
            throw new WorkFailedException("The run " + api.site().runPage(slug, id)
                    + " could not be cancelled and may go" + " on: GitHub " + again.get() + ". Cancel it there.");
        }
    }

    private Optional<WorkflowRuns.WorkflowRun> search(PushedCommit start)
            throws CrossCompileException, InterruptedException {
        for (int look = 1; ; look++) {
            try {
                Optional<WorkflowRuns.WorkflowRun> found =
                        runs.of(start).stream().findFirst();
                if (found.isPresent() || look == LOOKS || api.isHurried()) {
                    return found;
                }
            } catch (ServiceBusyException e) {
                if (look == LOOKS || api.isHurried()) {
                    throw new WorkFailedException(
                            "Whether GitHub Actions has begun a run for the push of " + start.branch()
                                    + " could not be found out: it " + e.getMessage() + ". If there is one at "
                                    + api.site().actionsPage(slug) + ", cancel it.",
                            e);
                }
            }
            Thread.sleep(api.patience().betweenLooks().toMillis());
        }
    }

    private boolean hasEnded(PushedCommit start, long id) throws CrossCompileException, InterruptedException {
        for (int look = 1; look <= LOOKS; look++) {
            try {
                if (runs.of(start).stream().anyMatch(run -> run.id() == id && run.hasEnded())) {
                    return true;
                }
            } catch (ServiceBusyException e) {
                if (api.isHurried()) {
                    return false;
                }
            }
            if (api.isHurried()) {
                return false;
            }
            Thread.sleep(api.patience().betweenLooks().toMillis());
        }
        return false;
    }

    /** What GitHub did instead of agreeing, as the end of a sentence. */
    private Optional<String> ask(HttpCaller.Attempt<HttpReply> post) throws WorkFailedException, InterruptedException {
        try {
            HttpReply answer = api.attempt(post);
            // 409: it has ended by itself, or cannot be cancelled just now.
            return answer.succeeded() || answer.status() == CONFLICT
                    ? Optional.empty()
                    : Optional.of("answered " + answer.reason());
        } catch (ServiceBusyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

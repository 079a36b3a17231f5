package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.run.api.CleanUpRequest;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds and removes the remains of killed runs in a repository. It touches branches whose name and tip are the plugin's
 * own, if a dead run's journal names them or they have expired by GitHub's clock. It touches their pull requests, and
 * the pull request and builds in such a journal. Those it touches even if the branch is gone or no longer the plugin's.
 */
public final class CleanUp {

    /** The longest wait for GitHub or Travis CI, shorter than a run's own. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final HttpTimeouts BRIEF = new HttpTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(5));

    private final EventPublisher listener;
    private final Credentials credentials;
    private final HttpSettings http;

    /**
     * The repository and the services to clean up.
     *
     * @param services the parameters of {@code github} and {@code branches}
     * @param cacheDirectory the directory of the journals
     */
    public record CleanUpScope(
            GitHubRepository github,
            RemoteBranches branches,
            CrossCompileRequest.Services services,
            Path cacheDirectory) {

        /** Returns whether the run used this repository. */
        boolean isOf(JournalContent record) {
            return record.githubApi().equals(services.githubApi())
                    && record.repository()
                            .toString()
                            .equalsIgnoreCase(github.name().toString());
        }
    }

    /**
     * The result of a clean-up.
     *
     * @param removed deleted branches and closed pull requests
     * @param left warnings about remains
     */
    public record Outcome(int removed, int left) {}

    /**
     * @param credentials source of GitHub's token in {@link #open}, and of Travis CI's if there is a build to
     *     cancel
     */
    public CleanUp(RunListener listener, InstantSource clock, Credentials credentials) {
        this(new EventPublisher(listener, clock), clock, credentials);
    }

    public CleanUp(EventPublisher listener, InstantSource clock, Credentials credentials) {
        this(listener, HttpSettings.of(BRIEF, clock, Pause.REAL), credentials);
    }

    public CleanUp(EventPublisher listener, HttpSettings http, Credentials credentials) {
        this.listener = listener;
        this.credentials = credentials;
        this.http = http;
    }

    /** Looks up the repository, for clean-up only. */
    public CleanUpScope open(CleanUpRequest request) throws CrossCompileException {
        return BuildRepository.open(
                        request.repository(), request.services(), credentials.github(), LONGEST_WAIT, listener, http)
                .place(request.services(), request.cacheDirectory());
    }

    /** Returns a sentence for each thing that {@link #remove} would remove now; changes nothing. */
    public List<String> find(CleanUpScope scope) throws CrossCompileException, InterruptedException {
        List<String> sentences = new ArrayList<>();
        try (RunJournals journals = RunJournals.look(scope.cacheDirectory(), scope::isOf)) {
            for (StaleRun staleRun : staleRuns(scope, journals)) {
                describe(scope, staleRun, sentences);
            }
        }
        return sentences;
    }

    private static void describe(CleanUpScope scope, StaleRun staleRun, List<String> sentences)
            throws CrossCompileException {
        String where = " in " + scope.github().name();
        for (JournalContent.Awaited awaited : staleRun.builds()) {
            sentences.add("The build at " + awaited.api() + " of the branch " + staleRun.name() + where
                    + ", of a killed run, unless it has ended.");
        }
        Optional<TemporaryPullRequest> pullRequest = scope.github()
                .findPullRequest(staleRun.name().toString())
                .filter(open -> staleRun.takes(open.number()));
        if (pullRequest.isPresent()) {
            sentences.add("The pull request " + pullRequest.get().page() + " of the branch " + staleRun.name() + ".");
        }
        if (staleRun.branch().isPresent()) {
            FoundBranch branch = staleRun.branch().get();
            sentences.add("The branch " + branch.name() + where
                    + (staleRun.journal().isPresent()
                            ? ", of a killed run."
                            : ", which expired at " + branch.expires() + "."));
        }
    }

    /**
     * Cancels the builds, closes the pull request, deletes the branch, and then deletes the journal. A failure is a
     * warning, and the journal stays for the next clean-up.
     */
    public Outcome remove(CleanUpScope scope) throws InterruptedException {
        StaleRunRemover remover = new StaleRunRemover(scope, listener, credentials, http);
        // A journal without a push has nothing outside this machine, so it can go for any repository.
        try (RunJournals journals = RunJournals.look(
                scope.cacheDirectory(),
                record -> scope.isOf(record) || record.pushed().isEmpty())) {
            for (RunJournals.Dead journal : journals.dead()) {
                if (journal.record().pushed().isEmpty()) {
                    remover.forget(journal);
                }
            }
            for (StaleRun staleRun : staleRuns(scope, journals)) {
                remover.remove(staleRun);
            }
        } catch (CrossCompileException e) {
            remover.warn("The remains of killed runs in " + scope.github().name() + " stay there for now: ", e);
        }
        return remover.outcome();
    }

    private static List<StaleRun> staleRuns(CleanUpScope scope, RunJournals journals)
            throws CrossCompileException, InterruptedException {
        return StaleRun.among(
                scope.branches().list(),
                journals.dead(),
                journals.living(),
                scope.github().now());
    }
}

package io.github.traviscompile.run.remote;

import io.github.traviscompile.git.FoundBranch;
import io.github.traviscompile.git.RemoteBranches;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.github.TemporaryPullRequest;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.model.CrossCompileException;
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
 * Finds and removes what runs that were killed left in a repository. Touches nothing but branches that by name and tip
 * are the plugin's own and that either a dead run's journal names or GitHub's clock calls expired, their pull requests,
 * and the pull request and the builds that such a journal names, even if its branch is gone or no longer ours.
 */
public final class CleanUp {

    /** Shorter than what a run that wants something of GitHub or Travis CI would wait. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final HttpTimeouts BRIEF = new HttpTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(5));

    private final EventPublisher listener;
    private final Credentials credentials;
    private final HttpSettings http;

    /**
     * Where to sweep.
     *
     * @param services the parameters that {@code github} and {@code branches} came from
     * @param cacheDirectory which holds the journals
     */
    public record CleanUpScope(
            GitHubRepository github,
            RemoteBranches branches,
            CrossCompileRequest.Services services,
            Path cacheDirectory) {

        /** Whether a run noted that it used this repository. */
        boolean isOf(JournalContent record) {
            return record.githubApi().equals(services.githubApi())
                    && record.repository()
                            .toString()
                            .equalsIgnoreCase(github.name().toString());
        }
    }

    /**
     * What became of it.
     *
     * @param removed branches deleted and pull requests closed
     * @param left warnings given about what stays
     */
    public record Outcome(int removed, int left) {}

    /** @param credentials asked for the token of Travis CI when there is a build to cancel, and for GitHub's by {@link #open} */
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

    /** Looks the repository up, for a caller that has no use for it but to sweep. */
    public CleanUpScope open(CrossCompileRequest.Services services, String repository, Path cacheDirectory)
            throws CrossCompileException {
        return BuildRepository.open(repository, services, credentials.github(), LONGEST_WAIT, listener, http)
                .place(services, cacheDirectory);
    }

    /** What {@link #remove} would remove now, a sentence for each; changes nothing. */
    public List<String> find(CleanUpScope place) throws CrossCompileException, InterruptedException {
        List<String> sentences = new ArrayList<>();
        try (RunJournals journals = RunJournals.look(place.cacheDirectory(), place::isOf)) {
            for (StaleRun leftover : leftovers(place, journals)) {
                describe(place, leftover, sentences);
            }
        }
        return sentences;
    }

    private static void describe(CleanUpScope place, StaleRun leftover, List<String> sentences)
            throws CrossCompileException {
        String where = " in " + place.github().name();
        for (JournalContent.Awaited awaited : leftover.builds()) {
            sentences.add("The build at " + awaited.api() + " of the branch " + leftover.name() + where
                    + ", of a killed run, unless it has ended.");
        }
        Optional<TemporaryPullRequest> pullRequest = place.github()
                .findPullRequest(leftover.name().toString())
                .filter(open -> leftover.takes(open.number()));
        if (pullRequest.isPresent()) {
            sentences.add("The pull request " + pullRequest.get().page() + " of the branch " + leftover.name() + ".");
        }
        if (leftover.branch().isPresent()) {
            FoundBranch branch = leftover.branch().get();
            sentences.add("The branch " + branch.name() + where
                    + (leftover.journal().isPresent()
                            ? ", of a killed run."
                            : ", which expired at " + branch.expires() + "."));
        }
    }

    /**
     * Removes what it finds: cancels the build, closes the pull request, deletes the branch, and only then forgets the
     * journal. What cannot be removed is a warning, and its journal stays for the next sweep.
     */
    public Outcome remove(CleanUpScope place) throws InterruptedException {
        StaleRunRemover removal = new StaleRunRemover(place, listener, credentials, http);
        // Journals of runs that did nothing outside can go wherever they would have done it.
        try (RunJournals journals = RunJournals.look(
                place.cacheDirectory(),
                record -> place.isOf(record) || record.pushed().isEmpty())) {
            for (RunJournals.Dead journal : journals.dead()) {
                if (journal.record().pushed().isEmpty()) {
                    removal.forget(journal);
                }
            }
            for (StaleRun leftover : leftovers(place, journals)) {
                removal.remove(leftover);
            }
        } catch (CrossCompileException e) {
            removal.warn("What killed runs left in " + place.github().name() + " stays there for now: ", e);
        }
        return removal.outcome();
    }

    private static List<StaleRun> leftovers(CleanUpScope place, RunJournals journals)
            throws CrossCompileException, InterruptedException {
        return StaleRun.among(
                place.branches().list(),
                journals.dead(),
                journals.living(),
                place.github().now());
    }
}

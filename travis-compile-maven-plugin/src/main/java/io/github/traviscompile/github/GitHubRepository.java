package io.github.traviscompile.github;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/** The repository on GitHub that legs are compiled from, as the token's owner sees it. */
public final class GitHubRepository {

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    /** Scopes of classic tokens that this plugin has a use for. */
    private static final Set<String> USEFUL_SCOPES = Set.of("repo", "public_repo", "workflow");

    private final GitHubAccess access;
    private final RepositoryName name;
    private final Connector connector;
    private final Patience patience;
    private final GitHubErrors refusal;
    private final GitHub github;
    private final GHRepository repository;

    private GitHubRepository(GitHubAccess access, RepositoryName name, Connector connector, Patience patience)
            throws CrossCompileException {
        this.access = access;
        this.name = name;
        this.connector = connector;
        this.patience = patience;
        this.refusal = new GitHubErrors(access, name);
        try {
            // With a login, which it does not check, the builder asks GitHub for none.
            this.github = new GitHubBuilder()
                    .withEndpoint(access.api().toString())
                    .withOAuthToken(access.token().reveal(), name.owner())
                    .withConnector(connector)
                    .withRateLimitHandler(RateLimits.primary(connector, patience))
                    .withAbuseLimitHandler(RateLimits.secondary(connector, patience))
                    .build();
            this.repository = github.getRepository(name.toString());
        } catch (IOException e) {
            throw refusal.of("The repository " + name + " cannot be looked up", e);
        }
    }

    /** Looks it up. */
    public static GitHubRepository open(GitHubAccess access, RepositoryName name, Patience patience)
            throws CrossCompileException {
        return new GitHubRepository(access, name, new Connector(access.api(), patience), patience);
    }

    static GitHubRepository open(GitHubAccess access, RepositoryName name, Patience patience, Duration timeout)
            throws CrossCompileException {
        return new GitHubRepository(access, name, new Connector(access.api(), patience, timeout), patience);
    }

    public RepositoryName name() {
        return name;
    }

    /** From now on no answer is waited for longer than somebody waits who pressed Ctrl-C. */
    public void shortenTimeouts() {
        connector.shortenTimeouts();
    }

    /** Where git pushes to. */
    public URI git() {
        return access.git(name);
    }

    /** The branch that pull requests go to unless they say otherwise. */
    public String defaultBranch() {
        return repository.getDefaultBranch();
    }

    /** Whether everybody may read what is pushed there. */
    public boolean isPublic() {
        return !repository.isPrivate();
    }

    /** What GitHub's clock shows, as of its latest answer. */
    public Instant now() {
        return connector.serverTime();
    }

    /** Whether everybody may read {@code other}; not so if GitHub does not show it to the token. */
    public boolean isPublic(RepositoryName other) throws CrossCompileException {
        try {
            return !github.getRepository(other.toString()).isPrivate();
        } catch (IOException e) {
            if (GitHubErrors.status(e) == 404 || GitHubErrors.status(e) == 403) {
                return false;
            }
            throw new GitHubErrors(access, other).of("Whether " + other + " is public cannot be found out", e);
        }
    }

    /**
     * Refuses what is bound to fail later. A fine-grained token keeps to itself what it may do, so of those only the user's
     * own rights are known here.
     */
    public void requireWriting() throws ActionNeededException {
        if (repository.isArchived()) {
            throw new ActionNeededException(
                    "The repository " + name + " is archived, so that nothing can be pushed to it. "
                            + "Name another one in " + Parameter.REPOSITORY + ".");
        }
        if (!repository.hasPushAccess()) {
            throw new ActionNeededException("The owner of the token may read " + name + " but not push to it. Name a "
                    + "repository of your own, such as a fork, in " + Parameter.REPOSITORY + ".");
        }
        Optional<Set<String>> scopes = scopes();
        if (scopes.isPresent()) {
            requireScope(
                    scopes.get().contains("repo") || (isPublic() && scopes.get().contains("public_repo")), "repo");
        }
    }

    /** Whether GitHub tells what the token may do, as it does of classic ones only; {@link #requireWriting} looks at it. */
    public boolean tellsScopes() {
        return scopes().isPresent();
    }

    private void requireScope(boolean present, String scope) throws ActionNeededException {
        if (!present) {
            throw new ActionNeededException(
                    "The token lacks the scope '" + scope + "' to push to " + name + ". Tick it at " + access.web()
                            + "/settings/tokens for the token of " + Parameter.GITHUB_SERVER_ID + ".");
        }
    }

    /** Full sentences about a token that can do more harm in wrong hands than it has to. */
    public List<String> warnings() {
        Set<String> surplus = new TreeSet<>(scopes().orElse(Set.of()));
        surplus.removeAll(USEFUL_SCOPES);
        return surplus.isEmpty()
                ? List.of()
                : List.of("The GitHub token may do more than needed: " + String.join(", ", surplus)
                        + ". A fine-grained token for " + name + " with 'Contents' and 'Pull requests', and for"
                        + " legs on GitHub Actions 'Workflows' and 'Actions', is enough.");
    }

    private Optional<Set<String>> scopes() {
        return connector
                .scopes()
                .map(line -> Arrays.stream(line.split(",", -1))
                        .map(String::strip)
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toSet()));
    }

    /**
     * Opens the pull request of {@code branch} into the default branch, as a draft where the repository's plan has drafts.
     * After an answer that was lost, it is looked for before it is asked for again, so that there are never two.
     */
    public TemporaryPullRequest openPullRequest(String branch, PullRequestText text) throws CrossCompileException {
        String what = "The pull request of " + branch + " in " + name + " cannot be opened";
        boolean draft = true;
        Iterator<Duration> pauses = PAUSES.iterator();
        while (true) {
            try {
                return of(repository.createPullRequest(
                        PullRequestText.TITLE, branch, defaultBranch(), text.body(), false, draft));
            } catch (IOException e) {
                if (draft && GitHubErrors.message(e).contains("Draft pull requests are not supported")) {
                    draft = false;
                    continue;
                }
                Optional<TemporaryPullRequest> found =
                        GitHubErrors.leavesOpenWhatHappened(e) ? findPullRequest(branch) : Optional.empty();
                if (found.isPresent()) {
                    return found.get();
                }
                if (!GitHubErrors.leavesOpenWhatHappened(e) || !pauses.hasNext()) {
                    throw refusal.of(what, e);
                }
                pause(what, pauses.next(), e);
            }
        }
    }

    private void pause(String what, Duration pause, IOException cause) throws CrossCompileException {
        try {
            patience.await(
                    pause, "GitHub's answer about the pull request was lost (" + GitHubErrors.reason(cause) + ")");
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw refusal.of(what, e);
        }
    }

    /** The open pull request whose head is {@code branch} of this repository, of whatever run. */
    public Optional<TemporaryPullRequest> findPullRequest(String branch) throws CrossCompileException {
        try {
            List<GHPullRequest> found = repository
                    .queryPullRequests()
                    .state(GHIssueState.OPEN)
                    .head(name.owner() + ":" + branch)
                    .list()
                    .toList();
            // A service that does not know the filter would give all of them.
            return found.stream()
                    .filter(candidate -> candidate.getHead().getRef().equals(branch))
                    .findFirst()
                    .map(this::of);
        } catch (IOException e) {
            throw refusal.of("The pull requests of " + name + " cannot be listed", e);
        }
    }

    private TemporaryPullRequest of(GHPullRequest request) {
        return new TemporaryPullRequest(
                repository,
                request.getNumber(),
                URI.create(access.web() + "/" + name + "/pull/" + request.getNumber()),
                refusal);
    }
}

package io.github.traviscompile.github;

import io.github.traviscompile.http.RetryPolicy.Retries;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/** The repository on GitHub that legs are compiled from, as the token's owner sees it. */
public final class GitHubRepository {

    /** The scopes of classic tokens that this plugin uses. */
    private static final Set<String> USEFUL_SCOPES = Set.of("repo", "public_repo", "workflow");

    private final GitHubAccess access;
    private final RepositoryName name;
    private final GitHubApi api;
    private final Connector connector;
    private final GitHubErrors refusal;
    private final GitHub github;
    private final GHRepository repository;

    private GitHubRepository(GitHubApi api, RepositoryName name, Consumer<String> listener)
            throws CrossCompileException {
        this.access = api.access();
        this.name = name;
        this.api = api;
        this.connector = new Connector(api, listener);
        this.refusal = new GitHubErrors(access, name);
        try {
            // Given a login, which it does not check, the builder requests none from GitHub.
            this.github = new GitHubBuilder()
                    .withEndpoint(access.api().toString())
                    .withOAuthToken(access.token().reveal(), name.owner())
                    .withConnector(connector)
                    .build();
            this.repository = github.getRepository(name.toString());
        } catch (IOException e) {
            throw refusal.of("The repository " + name + " cannot be looked up", e);
        }
    }

    /**
     * Reads the repository from GitHub.
     *
     * @param api no wait for GitHub goes beyond its total time, counted from this call
     * @param listener gets a sentence before each wait
     */
    public static GitHubRepository open(GitHubApi api, RepositoryName name, Consumer<String> listener)
            throws CrossCompileException {
        return new GitHubRepository(api, name, listener);
    }

    public RepositoryName name() {
        return name;
    }

    /** Limits each further request to the time that a user waits after Ctrl-C. */
    public void shortenTimeouts() {
        api.shortenTimeouts();
    }

    /** Returns the address that git pushes to. */
    public URI git() {
        return access.git(name);
    }

    /** Returns the default base of pull requests. */
    public String defaultBranch() {
        return repository.getDefaultBranch();
    }

    /** Whether the public can read pushed commits. */
    public boolean isPublic() {
        return !repository.isPrivate();
    }

    /** Returns GitHub's time, by its latest reply. */
    public Instant now() {
        return api.http().serverTime();
    }

    /** Whether the public can read {@code other}; {@code false} if GitHub hides it from the token. */
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
     * Refuses a repository that the token cannot push to. GitHub hides a fine-grained token's permissions; for those
     * this checks only the user's own rights.
     */
    public void requireWriting() throws ActionNeededException {
        requireNotArchived();
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

    /** Refuses an archived repository, which accepts no push and runs nothing. */
    public void requireNotArchived() throws ActionNeededException {
        if (repository.isArchived()) {
            throw new ActionNeededException("The repository " + name
                    + " is archived, so that nothing can be pushed to it and nothing runs in it."
                    + " Name another one in " + Parameter.REPOSITORY + ".");
        }
    }

    /**
     * Refuses a classic token without the scope. GitHub reports scopes of classic tokens only; others without the right
     * fail when the branch is pushed.
     */
    public void requireWorkflowScope() throws ActionNeededException {
        Optional<Set<String>> scopes = scopes().filter(all -> !all.isEmpty());
        if (scopes.isPresent() && !scopes.get().contains("workflow")) {
            throw new ActionNeededException("The GitHub token lacks the scope 'workflow', without which GitHub takes no"
                    + " commit with a workflow. Tick it at " + access.web() + "/settings/tokens for the token of"
                    + " " + Parameter.GITHUB_SERVER_ID + ", or use a fine-grained token with"
                    + " 'Contents' and 'Workflows', both read and write, and 'Actions', read and write.");
        }
    }

    /** Returns the repository's number, which a rename keeps. */
    public long id() {
        return repository.getId();
    }

    /** Returns the name in GitHub's spelling. */
    public RepositoryName fullName() {
        return new RepositoryName(repository.getOwnerName(), repository.getName());
    }

    public boolean isFork() {
        return repository.isFork();
    }

    /**
     * Returns the version of a GitHub Enterprise Server, which each of its replies names; empty at GitHub's own
     * service. Source: docs.github.com, Enterprise Server, "Getting started".
     */
    public Optional<String> enterpriseVersion() {
        return connector.header("x-github-enterprise-version");
    }

    /**
     * Whether GitHub reports the token's scopes, as it does for classic ones only; {@link #requireWriting} checks them.
     */
    public boolean reportsScopes() {
        return scopes().isPresent();
    }

    private void requireScope(boolean present, String scope) throws ActionNeededException {
        if (!present) {
            throw new ActionNeededException(
                    "The token lacks the scope '" + scope + "' to push to " + name + ". Tick it at " + access.web()
                            + "/settings/tokens for the token of " + Parameter.GITHUB_SERVER_ID + ".");
        }
    }

    /** Returns full sentences about a token with more rights than the run needs. */
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
                .header("x-oauth-scopes")
                .map(line -> Arrays.stream(line.split(",", -1))
                        .map(String::strip)
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toSet()));
    }

    /**
     * Opens the pull request of {@code branch} into the default branch, as a draft if the repository's plan has drafts.
     * After a lost reply, this looks for the pull request before it creates another, so there are never two.
     */
    public TemporaryPullRequest openPullRequest(String branch, PullRequestText text) throws CrossCompileException {
        String what = "The pull request of " + branch + " in " + name + " cannot be opened";
        boolean draft = true;
        Retries retries = connector.begin();
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
                        GitHubErrors.mayHaveSucceeded(e) ? findPullRequest(branch) : Optional.empty();
                if (found.isPresent()) {
                    return found.get();
                }
                if (!GitHubErrors.mayHaveSucceeded(e) || !again(retries, what, e)) {
                    throw refusal.of(what, e);
                }
            }
        }
    }

    private boolean again(Retries retries, String what, IOException cause) throws CrossCompileException {
        String why = "GitHub's answer about the pull request was lost (" + GitHubErrors.reason(cause) + ")";
        try {
            return connector.again(retries, Duration.ZERO, why);
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw refusal.of(what, e);
        }
    }

    /** Finds the open pull request for {@code branch} of this repository, regardless of the run that opened it. */
    public Optional<TemporaryPullRequest> findPullRequest(String branch) throws CrossCompileException {
        try {
            List<GHPullRequest> found = repository
                    .queryPullRequests()
                    .state(GHIssueState.OPEN)
                    .head(name.owner() + ":" + branch)
                    .list()
                    .toList();
            // A server that ignores the filter would return all pull requests.
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

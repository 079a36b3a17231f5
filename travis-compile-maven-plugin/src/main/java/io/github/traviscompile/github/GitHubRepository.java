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

    /** Scopes of classic tokens that this plugin has a use for. */
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
            // With a login, which it does not check, the builder asks GitHub for none.
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
     * Looks it up.
     *
     * @param api no wait for GitHub goes beyond its total time, counted from now
     * @param listener gets a sentence before each wait
     */
    public static GitHubRepository open(GitHubApi api, RepositoryName name, Consumer<String> listener)
            throws CrossCompileException {
        return new GitHubRepository(api, name, listener);
    }

    public RepositoryName name() {
        return name;
    }

    /** From now on no answer is waited for longer than somebody waits who pressed Ctrl-C. */
    public void shortenTimeouts() {
        api.shortenTimeouts();
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
        return api.http().serverTime();
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

    /** Refuses a repository in which nothing changes any more and nothing runs. */
    public void requireNotArchived() throws ActionNeededException {
        if (repository.isArchived()) {
            throw new ActionNeededException("The repository " + name
                    + " is archived, so that nothing can be pushed to it and nothing runs in it."
                    + " Name another one in " + Parameter.REPOSITORY + ".");
        }
    }

    /** Only of classic tokens GitHub says what they may do; what others lack shows when the branch is pushed. */
    public void requireWorkflowScope() throws ActionNeededException {
        Optional<Set<String>> scopes = scopes().filter(all -> !all.isEmpty());
        if (scopes.isPresent() && !scopes.get().contains("workflow")) {
            throw new ActionNeededException("The GitHub token lacks the scope 'workflow', without which GitHub takes no"
                    + " commit with a workflow. Tick it at " + access.web() + "/settings/tokens for the token of"
                    + " " + Parameter.GITHUB_SERVER_ID + ", or use a fine-grained token with"
                    + " 'Contents' and 'Workflows', both read and write, and 'Actions', read and write.");
        }
    }

    /** Its number, which stays when it is renamed. */
    public long id() {
        return repository.getId();
    }

    /** Its name as GitHub spells it. */
    public RepositoryName fullName() {
        return new RepositoryName(repository.getOwnerName(), repository.getName());
    }

    public boolean isFork() {
        return repository.isFork();
    }

    /**
     * The version of a GitHub Enterprise Server, which each of its answers names (docs.github.com, Enterprise Server,
     * "Getting started"); empty at GitHub's own service.
     */
    public Optional<String> enterpriseVersion() {
        return connector.header("x-github-enterprise-version");
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
                .header("x-oauth-scopes")
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
                        GitHubErrors.leavesOpenWhatHappened(e) ? findPullRequest(branch) : Optional.empty();
                if (found.isPresent()) {
                    return found.get();
                }
                if (!GitHubErrors.leavesOpenWhatHappened(e) || !again(retries, what, e)) {
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

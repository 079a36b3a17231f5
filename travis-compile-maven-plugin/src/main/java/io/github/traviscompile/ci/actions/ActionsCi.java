package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubAccess;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** GitHub Actions in one repository. It changes nothing except when a watch is closed. One thread uses it at a time. */
public final class ActionsCi implements CiService {

    private final ActionsSite site;
    private final RepositoryName repository;
    private final GitHubAccess access;
    private final Optional<PublicKey> handshakeKey;
    private final HttpSettings settings;
    private final GitHubApi api;
    private final List<GitHubApi> clients = new CopyOnWriteArrayList<>();

    /**
     * @param handshakeKey the run's public key, by which legs encrypt the keys that they make; empty if GitHub keeps
     *     the legs' outputs as artifacts
     */
    public ActionsCi(
            ActionsSite site,
            RepositoryName repository,
            Secret token,
            Optional<PublicKey> handshakeKey,
            HttpSettings settings) {
        this.site = site;
        this.repository = repository;
        this.access = new GitHubAccess(site.api(), site.web(), token);
        this.handshakeKey = handshakeKey;
        this.settings = settings;
        this.api = newApi();
    }

    /**
     * Returns the reason why GitHub Actions cannot compile for {@code platform} on any of its runners; sends no
     * request.
     *
     * @return the rest of a sentence that begins with GitHub Actions
     */
    public static Optional<String> unsupportedReason(Platform platform, Instant now) {
        Optional<ActionsMachine> machine = ActionsMachine.of(platform);
        if (machine.isEmpty()) {
            return Optional.of("has no runner for it");
        }
        RunnerLabel runner = machine.get().runner();
        return runner.isGone(day(now))
                ? Optional.of("has had no " + runner.label() + " since "
                        + runner.gone().orElseThrow() + ", which this version of the plugin compiles it on")
                : Optional.empty();
    }

    /** Returns a sentence for each runner of {@code platforms} that GitHub will soon remove; sends no request. */
    public static List<String> warnings(List<Platform> platforms, Instant now) {
        return Arrays.stream(RunnerLabel.values())
                .filter(runner -> runner.isNearItsEnd(day(now)))
                .filter(runner -> platforms.stream()
                        .flatMap(platform -> ActionsMachine.of(platform).stream())
                        .anyMatch(machine -> machine.runner() == runner))
                .map(runner -> "GitHub takes the runner " + runner.label() + " away on "
                        + runner.gone().orElseThrow()
                        + ", and this version of the plugin compiles on it. Look for a newer version before that day.")
                .toList();
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    @Override
    public Service service() {
        return ActionsProvider.SERVICE;
    }

    @Override
    public URI api() {
        return site.api();
    }

    @Override
    public URI page() {
        return site.actionsPage(repository);
    }

    @Override
    public ActionsProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException {
        for (Leg leg : legs) {
            Optional<String> unsupported =
                    unsupportedReason(leg.platform(), settings.clock().instant());
            if (unsupported.isPresent()) {
                throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be compiled on GitHub"
                        + " Actions, which " + unsupported.get()
                        + ". Use another service with " + Parameter.CI + ", or leave it out of " + Parameter.PLATFORMS
                        + ".");
            }
        }
        GitHubRepository found = find();
        found.requireWorkflowScope();
        if (leavesArtifacts(legs)) {
            requireArtifacts(found);
        }
        found.requireNotArchived();
        ActionsRepository known = new ActionsRepository(found.id(), ownerId(), found.fullName(), found.isFork());
        requireEnabled(known, legs);
        requireForkEnabled(known);
        return new ActionsProject(this, known);
    }

    @Override
    public void cancel(PushedCommit start) throws CrossCompileException, InterruptedException {
        find();
        new ActionsWatch(api, site, repository, start, List.of(), CiTimeouts.NONE).close();
    }

    /** Reads the repository, which the token can read; checks nothing else of either. */
    private GitHubRepository find() throws CrossCompileException {
        return GitHubRepository.open(api, repository, wait -> {});
    }

    /**
     * Reads the owner's number. github-api would need one more request for it; this one costs nothing of the rate
     * limit.
     */
    private long ownerId() throws WorkFailedException, InterruptedException {
        return api.retry("look up the repository", () -> ApiJson.of(api.get("/repos/" + repository)))
                .member("owner")
                .flatMap(owner -> owner.number("id"))
                .orElse(0L);
    }

    private boolean leavesArtifacts(List<Leg> legs) {
        return handshakeKey.isEmpty() && !legs.isEmpty();
    }

    private void requireArtifacts(GitHubRepository found) throws ActionNeededException {
        Optional<String> version = found.enterpriseVersion();
        if (version.isPresent()) {
            throw new ActionNeededException("GitHub Enterprise Server (" + version.get() + " at " + site.api()
                    + ") does not take artifacts from actions/upload-artifact v4 and later, by which legs would leave"
                    + " their outputs there. Set " + Parameter.DELIVERY.setTo("tunnel") + " and a " + Parameter.TUNNEL
                    + ".");
        }
    }

    /** Checks the settings of Actions. Only administrators may read them; otherwise the failure surfaces later. */
    private void requireEnabled(ActionsRepository known, List<Leg> legs)
            throws CrossCompileException, InterruptedException {
        String path = "/repos/" + known.name() + "/actions/permissions";
        Optional<ApiJson> permissions = ask("read the settings of Actions", path);
        if (permissions.isEmpty()) {
            return;
        }
        if (!permissions.get().flag("enabled").orElse(true)) {
            throw new ActionNeededException("GitHub Actions is switched off in " + repository + ". Switch it on at "
                    + site.settingsPage(repository) + ".");
        }
        String allowed = permissions.get().string("allowed_actions").orElse("all");
        List<String> needed = leavesArtifacts(legs) ? List.of("checkout", "upload-artifact") : List.of("checkout");
        List<String> forbidden = switch (allowed) {
            case "all" -> List.of();
            case "selected" ->
                ask("read the settings of Actions", path + "/selected-actions")
                        .map(selected -> needed.stream()
                                .filter(action -> !allows(selected, action))
                                .toList())
                        .orElse(List.of());
            default -> needed;
        };
        if (!forbidden.isEmpty()) {
            throw new ActionNeededException("GitHub Actions in " + repository + " may not use actions/"
                    + String.join(" and actions/", forbidden)
                    + ", which every leg needs. Allow actions created by GitHub at " + site.settingsPage(repository)
                    + ".");
        }
    }

    private static boolean allows(ApiJson selected, String action) {
        return selected.flag("github_owned_allowed").orElse(true)
                || selected.strings("patterns_allowed").stream()
                        .anyMatch(pattern -> pattern.matches("actions/(\\*|" + action + ").*"));
    }

    /**
     * Checks a fork of a repository with workflows: until a user agrees there, nothing runs and no workflow is listed.
     */
    private void requireForkEnabled(ActionsRepository known) throws CrossCompileException, InterruptedException {
        String path = "/repos/" + known.name();
        if (!known.isFork()) {
            return;
        }
        boolean none = ask("list the workflows", path + "/actions/workflows")
                .flatMap(workflows -> workflows.number("total_count"))
                .equals(Optional.of(0L));
        if (none && hasWorkflows(path)) {
            throw new ActionNeededException(
                    repository + " is a fork in which GitHub Actions is not allowed to run yet. Only a"
                            + " person can allow it: open " + site.actionsPage(repository)
                            + " and click 'I understand my workflows, go ahead and enable them'.");
        }
    }

    private boolean hasWorkflows(String path) throws WorkFailedException, InterruptedException {
        return api.retry("list the workflows", () -> {
            HttpReply answer = api.get(path + "/contents/.github/workflows");
            return !answer.withheld() && ApiJson.requireSuccess(answer).succeeded();
        });
    }

    /** Reads the object at {@code path}; empty if GitHub withholds it. */
    private Optional<ApiJson> ask(String what, String path) throws WorkFailedException, InterruptedException {
        return api.retry(what, () -> {
            HttpReply answer = api.get(path);
            return answer.withheld() ? Optional.empty() : Optional.of(ApiJson.of(answer));
        });
    }

    @Override
    public void shortenTimeouts() {
        clients.forEach(GitHubApi::shortenTimeouts);
    }

    /** Creates a client for one more thread. */
    GitHubApi newApi() {
        GitHubApi made = new GitHubApi(access, settings);
        clients.add(made);
        return made;
    }

    GitHubApi ownApi() {
        return api;
    }

    ActionsSite site() {
        return site;
    }

    Optional<PublicKey> handshakeKey() {
        return handshakeKey;
    }

    InstantSource clock() {
        return settings.clock();
    }
}

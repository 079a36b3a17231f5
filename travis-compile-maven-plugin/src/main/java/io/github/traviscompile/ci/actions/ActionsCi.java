package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.HttpReply;
import io.github.traviscompile.ci.HttpTimeouts;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
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

/** GitHub Actions in one repository. Nothing is changed but by the end of what is watched. One thread uses it at a time. */
public final class ActionsCi implements CiService {

    private final ActionsSite site;
    private final String slug;
    private final Secret token;
    private final Optional<PublicKey> helloKey;
    private final HttpTimeouts patience;
    private final InstantSource clock;
    private final ActionsApi api;
    private final List<ActionsApi> hurrying = new CopyOnWriteArrayList<>();

    /**
     * @param slug {@code owner/name}
     * @param helloKey the run's public key, to which legs wrap the keys that they make for themselves; empty where they
     *     deliver to nobody, and GitHub keeps their outputs as artifacts
     */
    public ActionsCi(
            ActionsSite site,
            String slug,
            Secret token,
            Optional<PublicKey> helloKey,
            HttpTimeouts patience,
            InstantSource clock) {
        this.site = site;
        this.slug = slug;
        this.token = token;
        this.helloKey = helloKey;
        this.patience = patience;
        this.clock = clock;
        this.api = newApi();
    }

    /**
     * Why GitHub Actions cannot compile for {@code platform} on any of its runners; asks nobody.
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

    /** A sentence for each runner of {@code platforms} that GitHub is about to take away; asks nobody. */
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
        return Service.GITHUB_ACTIONS;
    }

    @Override
    public URI api() {
        return site.api();
    }

    @Override
    public URI page() {
        return site.actionsPage(slug);
    }

    @Override
    public ActionsProject requireReady(List<Leg> legs) throws CrossCompileException, InterruptedException {
        for (Leg leg : legs) {
            Optional<String> lack = unsupportedReason(leg.platform(), clock.instant());
            if (lack.isPresent()) {
                throw new ActionNeededException("The platform '" + leg.platform() + "' cannot be compiled on GitHub"
                        + " Actions, which " + lack.get()
                        + ". Use another service with " + Parameter.CI + ", or leave it out of " + Parameter.PLATFORMS
                        + ".");
            }
        }
        HttpReply answer = find();
        requireWorkflowScope(answer);
        if (leavesArtifacts(legs)) {
            requireArtifacts(answer);
        }
        ActionsRepository repository = requireWritable(answer);
        requireEnabled(repository, legs);
        requireAllowedByAPerson(repository);
        return new ActionsProject(this, repository);
    }

    @Override
    public void cancel(PushedCommit start) throws CrossCompileException, InterruptedException {
        find();
        new ActionsWatch(api, slug, start, List.of(), CiTimeouts.NONE, clock).close();
    }

    /** The repository, which the token may see; nothing else is said of either. */
    private HttpReply find() throws CrossCompileException, InterruptedException {
        if (!slug.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
            throw new ActionNeededException(
                    "'" + slug + "' in " + Parameter.REPOSITORY + " is not of the form owner/name.");
        }
        HttpReply answer = api.retry("look up the repository", () -> {
            HttpReply first = api.get("/repos/" + slug);
            return first.status() / 100 == 3 || first.withheld() ? first : first.requireSuccess();
        });
        if (answer.status() == 401) {
            throw new ActionNeededException("GitHub does not accept the token for " + site.api()
                    + ". Make one at " + site.web() + "/settings/personal-access-tokens for the <server> that"
                    + " " + Parameter.GITHUB_SERVER_ID + " names.");
        }
        if (!answer.succeeded()) {
            throw new ActionNeededException("GitHub does not show the repository '" + slug + "' to the token ("
                    + answer.reason() + "). Name the repository as it is called today in " + Parameter.REPOSITORY
                    + ", and give the token access to it.");
        }
        return answer;
    }

    private ActionsRepository requireWritable(HttpReply answer) throws CrossCompileException, InterruptedException {
        ApiJson json = api.retry("look up the repository", answer::json);
        if (json.flag("archived").orElse(false)) {
            throw new ActionNeededException("The repository " + slug + " is archived, so that nothing runs in it."
                    + " Name another one in " + Parameter.REPOSITORY + ".");
        }
        return new ActionsRepository(
                json.number("id").orElse(0L),
                json.member("owner").flatMap(owner -> owner.number("id")).orElse(0L),
                json.string("full_name").orElse(slug),
                json.flag("fork").orElse(false));
    }

    private boolean leavesArtifacts(List<Leg> legs) {
        return helloKey.isEmpty() && !legs.isEmpty();
    }

    /** Only of classic tokens GitHub says what they may do; what others lack shows when the branch is pushed. */
    private void requireWorkflowScope(HttpReply answer) throws ActionNeededException {
        Optional<String> scopes = answer.header("x-oauth-scopes").filter(line -> !line.isBlank());
        if (scopes.isPresent()
                && Arrays.stream(scopes.get().split(",", -1)).map(String::strip).noneMatch("workflow"::equals)) {
            throw new ActionNeededException("The GitHub token lacks the scope 'workflow', without which GitHub takes no"
                    + " commit with a workflow. Tick it at " + site.web() + "/settings/tokens for the token of"
                    + " " + Parameter.GITHUB_SERVER_ID + ", or use a fine-grained token with"
                    + " 'Contents' and 'Workflows', both read and write, and 'Actions', read and write.");
        }
    }

    /** Every answer of an Enterprise Server names its version (docs.github.com, Enterprise Server, "Getting started"). */
    private void requireArtifacts(HttpReply answer) throws ActionNeededException {
        Optional<String> version = answer.header("x-github-enterprise-version");
        if (version.isPresent()) {
            throw new ActionNeededException("GitHub Enterprise Server (" + version.get() + " at " + site.api()
                    + ") does not take artifacts from actions/upload-artifact v4 and later, by which legs would leave"
                    + " their outputs there. Set " + Parameter.DELIVERY.setTo("tunnel") + " and a " + Parameter.TUNNEL
                    + ".");
        }
    }

    /** To be seen by administrators of the repository only; for others it shows when nothing starts. */
    private void requireEnabled(ActionsRepository repository, List<Leg> legs)
            throws CrossCompileException, InterruptedException {
        String path = "/repos/" + repository.fullName() + "/actions/permissions";
        Optional<ApiJson> permissions = ask("read the settings of Actions", path);
        if (permissions.isEmpty()) {
            return;
        }
        if (!permissions.get().flag("enabled").orElse(true)) {
            throw new ActionNeededException(
                    "GitHub Actions is switched off in " + slug + ". Switch it on at " + site.settingsPage(slug) + ".");
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
            throw new ActionNeededException("GitHub Actions in " + slug + " may not use actions/"
                    + String.join(" and actions/", forbidden)
                    + ", which every leg needs. Allow actions created by GitHub at " + site.settingsPage(slug) + ".");
        }
    }

    private static boolean allows(ApiJson selected, String action) {
        return selected.flag("github_owned_allowed").orElse(true)
                || selected.strings("patterns_allowed").stream()
                        .anyMatch(pattern -> pattern.matches("actions/(\\*|" + action + ").*"));
    }

    /** In a fork of a repository with workflows nothing runs, and none is listed, until a person has agreed. */
    private void requireAllowedByAPerson(ActionsRepository repository)
            throws CrossCompileException, InterruptedException {
        String path = "/repos/" + repository.fullName();
        if (!repository.isFork()) {
            return;
        }
        boolean none = ask("list the workflows", path + "/actions/workflows")
                .flatMap(workflows -> workflows.number("total_count"))
                .equals(Optional.of(0L));
        if (none && hasWorkflows(path)) {
            throw new ActionNeededException(
                    slug + " is a fork in which GitHub Actions is not allowed to run yet. Only a"
                            + " person can allow it: open " + site.actionsPage(slug)
                            + " and click 'I understand my workflows, go ahead and enable them'.");
        }
    }

    private boolean hasWorkflows(String path) throws WorkFailedException, InterruptedException {
        return api.retry("list the workflows", () -> {
            HttpReply answer = api.get(path + "/contents/.github/workflows");
            return !answer.withheld() && answer.requireSuccess().succeeded();
        });
    }

    /** What is at {@code path}; empty where GitHub withholds it. */
    private Optional<ApiJson> ask(String what, String path) throws WorkFailedException, InterruptedException {
        return api.retry(what, () -> {
            HttpReply answer = api.get(path);
            return answer.withheld() ? Optional.empty() : Optional.of(answer.json());
        });
    }

    @Override
    public void shortenTimeouts() {
        hurrying.forEach(ActionsApi::shortenTimeouts);
    }

    /** For one more thread. */
    ActionsApi newApi() {
        ActionsApi made = new ActionsApi(site, token, patience, clock);
        hurrying.add(made);
        return made;
    }

    ActionsApi ownApi() {
        return api;
    }

    ActionsSite site() {
        return site;
    }

    Optional<PublicKey> helloKey() {
        return helloKey;
    }

    InstantSource clock() {
        return clock;
    }
}

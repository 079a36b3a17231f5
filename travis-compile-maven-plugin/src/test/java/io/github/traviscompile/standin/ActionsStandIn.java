package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * GitHub Actions at {@link GitHubStandIn}: a push starts the workflow that lies in it, whose jobs run for real where there
 * are machines, and prove who they are by tokens of {@link OidcIssuerStandIn}.
 */
public final class ActionsStandIn {

    /** What of the API is answered here. */
    static final Pattern PATH = Pattern.compile("/repos/([^/]+/[^/]+)/((?:actions|check-runs|contents)/.*)");

    /** Where the tokens' issuer is, below the address of the stand-in. */
    static final String ISSUER = "/_services/token";

    static final long REPOSITORY_ID = 1296269;
    static final long OWNER_ID = 1;

    private static final String WORKFLOWS = ".github/workflows";
    private static final Pattern RUN = Pattern.compile("actions/runs/(\\d+)/(jobs|cancel|force-cancel)");
    private static final Pattern LOG = Pattern.compile("actions/jobs/(\\d+)/logs");
    /** By which a commit asks for no runs (docs.github.com, "Skipping workflow runs"). */
    private static final Pattern SKIPPED =
            Pattern.compile("\\[(skip ci|ci skip|no ci|skip actions|actions skip)]|\\n\\nskip-checks: true");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArtifactsStandIn artifacts;

    private final GitHubStandIn github;
    private final Path directory;
    private final OidcIssuerStandIn issuer = new OidcIssuerStandIn();
    private final JsonNode examples = JSON.readTree(GitHubDescription.resource("github-examples.json"));
    private final List<ActionsRunStandIn> runs = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(7_000_000_000L);
    private volatile Optional<TravisMachines> machines = Optional.empty();
    private volatile boolean deaf;
    private volatile boolean tokens = true;
    private volatile String annotation = "";
    private volatile UnaryOperator<String> logs = UnaryOperator.identity();

    ActionsStandIn(GitHubStandIn github, Path directory) throws IOException {
        this.github = github;
        this.directory = directory;
        this.artifacts = new ArtifactsStandIn(github, examples.get("artifact"), runs);
    }

    public OidcIssuerStandIn issuer() {
        return issuer;
    }

    /** From now on jobs run for real; without machines they stay as they are until a test changes them. */
    public void machines(TravisMachines real) {
        machines = Optional.of(real);
    }

    /** From now on a push starts nothing. */
    public void hearsNothing() {
        deaf = true;
    }

    /** From now on jobs get no tokens, whatever their workflow says. */
    public void withholdTokens() {
        tokens = false;
    }

    /** What stands beside each job. */
    public void annotation(String text) {
        annotation = text;
    }

    /** From now on does this to each artifact that a job leaves, before anybody sees it. */
    public void meddle(Consumer<ArtifactStandIn> with) {
        artifacts.meddle(with);
    }

    /** A job of {@code run} leaves this. */
    public ArtifactStandIn leave(ActionsRunStandIn run, String name, byte[] archive) {
        ArtifactStandIn artifact = new ArtifactStandIn(ids.incrementAndGet(), run, name, archive);
        artifacts.keep(run, artifact);
        return artifact;
    }

    /** From now on logs are shown so. */
    public void logs(UnaryOperator<String> shown) {
        logs = shown;
    }

    /** The oldest first. */
    public List<ActionsRunStandIn> runs() {
        return List.copyOf(runs);
    }

    /** A push that nobody made by git. */
    public void pushed(StandInRepository repository, String branch, String commit) {
        happened(new GitHubEvent(repository, branch, commit, OptionalInt.empty()));
    }

    public void awaitIdle(Duration limit) throws InterruptedException {
        for (ActionsRunStandIn run : runs) {
            for (ActionsJobStandIn job : run.jobs()) {
                job.await(limit);
            }
        }
    }

    void close() {
        runs.forEach(run -> run.cancel(true));
    }

    void happened(GitHubEvent event) {
        if (event.pullRequest().isPresent() || deaf || !event.repository().actionsEnabled) {
            return;
        }
        if (!SKIPPED.matcher(message(event)).find()) {
            files(event).forEach((path, text) -> start(event, path, text));
        }
    }

    private static String message(GitHubEvent event) {
        try (RevWalk walk = new RevWalk(event.repository().git)) {
            return walk.parseCommit(ObjectId.fromString(event.commit())).getFullMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(GitHubEvent event, String path, String text) {
        Map<?, ?> workflow = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        boolean wanted = workflow.get("on") instanceof Map<?, ?> on
                && on.get("push") instanceof Map<?, ?> push
                && push.get("branches") instanceof List<?> branches
                && branches.contains(event.branch());
        if (!wanted) {
            return;
        }
        List<ActionsJobStandIn> jobs = new ArrayList<>();
        if (workflow.get("jobs") instanceof Map<?, ?> described) {
            for (Object job : described.values()) {
                jobs.add(new ActionsJobStandIn(ids.incrementAndGet(), (Map<?, ?>) job));
            }
        }
        ActionsRunStandIn run = new ActionsRunStandIn(ids.incrementAndGet(), event, path, jobs);
        runs.add(run);
        boolean identity = tokens
                && workflow.get("permissions") instanceof Map<?, ?> granted
                && "write".equals(granted.get("id-token"));
        machines.ifPresent(real -> jobs.forEach(job -> job.start(
                real,
                directory.resolve("runner-" + job.id()),
                event.repository().directory().toString(),
                event.commit(),
                identity(run, job, identity),
                (name, archive) -> keep(run, name, archive))));
    }

    private boolean keep(ActionsRunStandIn run, String name, byte[] archive) {
        boolean taken = run.artifacts().stream().anyMatch(other -> other.name.equals(name));
        if (!taken) {
            leave(run, name, archive);
        }
        return !taken;
    }

    private Map<String, String> identity(ActionsRunStandIn run, ActionsJobStandIn job, boolean identity) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("GITHUB_SERVER_URL", github.web().toString());
        variables.put("GITHUB_REPOSITORY", run.event().repository().fullName);
        variables.put("GITHUB_RUN_ID", String.valueOf(run.id()));
        variables.put("GITHUB_SHA", run.event().commit());
        variables.put("GITHUB_REF", "refs/heads/" + run.event().branch());
        if (identity) {
            variables.put("ACTIONS_ID_TOKEN_REQUEST_URL", github.web() + "/_oidc/" + job.id() + "?api-version=2.0");
            variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-of-job-" + job.id());
        }
        return variables;
    }

    /** What the token of a job says; a test may change it before it is signed. */
    public Map<String, Object> claims(ActionsRunStandIn run, ActionsJobStandIn job, String audience) {
        StandInRepository repository = run.event().repository();
        String owner = repository.fullName.replaceFirst("/.*", "");
        String ref = "refs/heads/" + run.event().branch();
        String workflow = repository.fullName + "/" + run.path() + "@" + ref;
        Map<String, Object> claims = OidcIssuerStandIn.times(github.clock.instant());
        claims.put("iss", issuerUri());
        claims.put("aud", audience);
        claims.put("sub", "repo:" + owner + "@" + OWNER_ID + "/builds@" + REPOSITORY_ID + ":ref:" + ref);
        claims.put("repository", repository.fullName);
        claims.put("repository_id", String.valueOf(REPOSITORY_ID));
        claims.put("repository_owner", owner);
        claims.put("repository_owner_id", String.valueOf(OWNER_ID));
        claims.put("repository_visibility", repository.isPrivate ? "private" : "public");
        claims.put("actor", owner);
        claims.put("actor_id", String.valueOf(OWNER_ID));
        claims.put("event_name", "push");
        claims.put("ref", ref);
        claims.put("ref_type", "branch");
        claims.put("ref_protected", "false");
        claims.put("base_ref", "");
        claims.put("head_ref", "");
        claims.put("sha", run.event().commit());
        claims.put("workflow", "travis-compile");
        claims.put("workflow_ref", workflow);
        claims.put("workflow_sha", run.event().commit());
        claims.put("job_workflow_ref", workflow);
        claims.put("job_workflow_sha", run.event().commit());
        claims.put("run_id", String.valueOf(run.id()));
        claims.put("run_number", "1");
        claims.put("run_attempt", "1");
        claims.put("runner_environment", "github-hosted");
        claims.put("check_run_id", String.valueOf(job.checkRun()));
        return claims;
    }

    public String issuerUri() {
        return github.web() + ISSUER;
    }

    /** What is not the API: the issuer's keys, tokens for jobs, logs, and artifacts. */
    static boolean serves(String path) {
        return path.startsWith(ISSUER)
                || path.startsWith("/_oidc/")
                || path.startsWith("/_logs/")
                || path.startsWith(ArtifactsStandIn.STORE);
    }

    byte[] serve(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        String credential = String.valueOf(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION));
        if (path.equals(ISSUER + "/.well-known/jwks")) {
            return bytes(issuer.jwks());
        } else if (path.startsWith(ArtifactsStandIn.STORE)) {
            return artifacts.serve(exchange);
        }
        Optional<ActionsJobStandIn> job = job(path.replaceFirst(".*/", ""));
        if (path.startsWith("/_logs/") && job.isPresent()) {
            // Whoever brings a token there gives it to a stranger.
            exchange.setStatusCode(credential.equals("null") ? 200 : 400);
            return bytes(logs.apply(job.get().log()));
        }
        if (path.startsWith("/_oidc/")
                && job.isPresent()
                && credential.equals("bearer request-token-of-job-" + job.get().id())) {
            ActionsRunStandIn run = runs.stream()
                    .filter(one -> one.jobs().contains(job.get()))
                    .findFirst()
                    .orElseThrow();
            String audience = query(exchange, "audience").orElse("https://github.com/alice");
            String token = OidcIssuerStandIn.sign(issuer.key(), claims(run, job.get(), audience));
            return bytes("{\"count\":" + token.length() + ",\"value\":\"" + token + "\"}");
        }
        exchange.setStatusCode(404);
        return new byte[0];
    }

    private Optional<ActionsJobStandIn> job(String id) {
        return runs.stream()
                .flatMap(run -> run.jobs().stream())
                .filter(job -> String.valueOf(job.id()).equals(id))
                .findFirst();
    }

    static String template(String path) {
        return ArtifactsStandIn.template(path)
                .replaceFirst("/repos/[^/]+/[^/]+", "/repos/{owner}/{repo}")
                .replaceFirst("/runs/\\d+", "/runs/{run_id}")
                .replaceFirst("/jobs/\\d+", "/jobs/{job_id}")
                .replaceFirst("/check-runs/\\d+", "/check-runs/{check_run_id}")
                .replaceFirst("/contents/.*", "/contents/{path}");
    }

    GitHubRest.Reply answer(
            HttpServerExchange exchange, StandInRepository repository, String rest, @Nullable StandInToken token) {
        boolean write = token != null && token.rights().contains(StandInToken.Right.ACTIONS);
        Matcher run = RUN.matcher(rest);
        Matcher log = LOG.matcher(rest);
        if (rest.startsWith("actions/permissions")) {
            return repository.administered
                    ? settings(repository, rest)
                    : GitHubRest.error(403, "Resource not accessible by personal access token");
        } else if (rest.equals("actions/workflows")) {
            int count = repository.fork && !repository.actionsAllowed ? 0 : 1;
            ObjectNode none = JSON.createObjectNode().put("total_count", count);
            none.putArray("workflows");
            return new GitHubRest.Reply(200, none);
        } else if (rest.startsWith("contents/")) {
            return repository.fork
                    ? new GitHubRest.Reply(200, JSON.createArrayNode())
                    : GitHubRest.error(404, "Not Found");
        } else if (rest.equals("actions/runs")) {
            return new GitHubRest.Reply(200, runs(exchange, repository));
        } else if (log.matches()) {
            exchange.getResponseHeaders()
                    .put(
                            Headers.LOCATION,
                            github.web().toString().replace("127.0.0.1", "localhost") + "/_logs/" + log.group(1));
            return job(log.group(1))
                            .filter(job -> job.hasEnded() && !job.log().isEmpty())
                            .isPresent()
                    ? new GitHubRest.Reply(302, null)
                    : GitHubRest.error(404, "Not Found");
        } else if (ArtifactsStandIn.serves(rest)) {
            return artifacts.answer(exchange, repository, rest, write);
        } else if (rest.startsWith("check-runs/")) {
            return new GitHubRest.Reply(200, annotations());
        }
        Optional<ActionsRunStandIn> found = run.matches()
                ? runs.stream()
                        .filter(one -> String.valueOf(one.id()).equals(run.group(1)))
                        .findFirst()
                : Optional.empty();
        if (found.isEmpty()) {
            return GitHubRest.error(404, "Not Found");
        } else if (run.group(2).equals("jobs")) {
            return new GitHubRest.Reply(200, jobs(found.get()));
        } else if (!write) {
            return GitHubRest.error(403, "Resource not accessible by personal access token");
        }
        return found.get().cancel(run.group(2).startsWith("force"))
                ? new GitHubRest.Reply(202, JSON.createObjectNode())
                : GitHubRest.error(409, "Cannot cancel a workflow run that is completed.");
    }

    private static GitHubRest.Reply settings(StandInRepository repository, String rest) {
        ObjectNode node = JSON.createObjectNode();
        if (rest.endsWith("/selected-actions")) {
            node.put("github_owned_allowed", repository.githubsActionsAllowed).put("verified_allowed", false);
            ArrayNode patterns = node.putArray("patterns_allowed");
            repository.patternsAllowed.forEach(patterns::add);
        } else {
            node.put("enabled", repository.actionsEnabled).put("allowed_actions", repository.allowedActions);
        }
        return new GitHubRest.Reply(200, node);
    }

    private ObjectNode runs(HttpServerExchange exchange, StandInRepository repository) {
        ObjectNode list = JSON.createObjectNode();
        ArrayNode array = list.putArray("workflow_runs");
        Optional<String> commit = query(exchange, "head_sha");
        for (ActionsRunStandIn run : runs) {
            GitHubEvent event = run.event();
            if (run.isListed()
                    && event.repository() == repository
                    && commit.filter(sha -> !sha.equals(event.commit())).isEmpty()) {
                ObjectNode node = examples.get("workflow-run").deepCopy();
                node.put("id", run.id())
                        .put("head_branch", event.branch())
                        .put("head_sha", event.commit())
                        .put("path", run.path())
                        .put("event", "push")
                        .put("status", run.status())
                        .put("conclusion", run.hasEnded() ? run.conclusion() : null);
                array.insert(0, node);
            }
        }
        return list.put("total_count", array.size());
    }

    private ObjectNode jobs(ActionsRunStandIn run) {
        ObjectNode list = JSON.createObjectNode();
        ArrayNode array = list.putArray("jobs");
        for (ActionsJobStandIn job : run.jobs()) {
            ObjectNode node = examples.get("job").deepCopy();
            node.put("id", job.id())
                    .put("run_id", run.id())
                    .put("head_sha", run.event().commit())
                    .put("name", job.name())
                    // Required by the description and absent from its own example.
                    .put("created_at", node.get("started_at").asText())
                    .put("check_run_url", github.api() + "/repos/x/y/check-runs/" + job.checkRun())
                    .put("status", job.status())
                    .put("conclusion", job.hasEnded() ? job.conclusion() : null);
            ArrayNode steps = node.putArray("steps");
            job.steps()
                    .forEach(step -> steps.addObject()
                            .put("name", step.getKey())
                            .put("status", "completed")
                            .put("conclusion", step.getValue())
                            .put("number", steps.size()));
            array.add(node);
        }
        return list.put("total_count", array.size());
    }

    private ArrayNode annotations() {
        ArrayNode array = JSON.createArrayNode();
        if (!annotation.isEmpty()) {
            array.addObject()
                    .put("path", ".github")
                    .put("blob_href", "https://example.org/")
                    .put("start_line", 1)
                    .put("end_line", 1)
                    .putNull("start_column")
                    .putNull("end_column")
                    .put("annotation_level", "failure")
                    .put("title", "")
                    .put("message", annotation)
                    .put("raw_details", "");
        }
        return array;
    }

    private static Map<String, String> files(GitHubEvent event) {
        Map<String, String> files = new TreeMap<>();
        try (RevWalk walk = new RevWalk(event.repository().git);
                ObjectReader reader = event.repository().git.newObjectReader()) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(event.commit()));
            TreeWalk tree = new TreeWalk(reader);
            tree.addTree(commit.getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                if (tree.getPathString().matches(Pattern.quote(WORKFLOWS) + "/[^/]+\\.ya?ml")) {
                    byte[] content = reader.open(tree.getObjectId(0)).getBytes();
                    files.put(tree.getPathString(), new String(content, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Optional<String> query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.traviscompile.model.Sha256;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** The calls of GitHub's API that the plugin makes. Answers are GitHub's examples with the state put in. */
final class GitHubRest {

    private static final Pattern PATH = Pattern.compile("/repos/([^/]+/[^/]+)(/pulls)?(?:/(\\d+))?");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCS = "https://docs.github.com/rest";

    /** What the list of pull requests leaves out of each. */
    private static final List<String> NOT_LISTED = List.of(
            "merged",
            "mergeable",
            "rebaseable",
            "mergeable_state",
            "merged_by",
            "comments",
            "review_comments",
            "maintainer_can_modify",
            "commits",
            "additions",
            "deletions",
            "changed_files");

    final GitHubDescription description = new GitHubDescription();

    private final GitHubStandIn standIn;
    private final JsonNode examples = JSON.readTree(GitHubDescription.resource("github-examples.json"));

    GitHubRest(GitHubStandIn standIn) throws IOException {
        this.standIn = standIn;
    }

    /** A status and what comes with it. */
    record Reply(int status, @Nullable JsonNode body) {}

    static String template(String path) {
        if (ActionsStandIn.PATH.matcher(path).matches()) {
            return ActionsStandIn.template(path);
        }
        return PATH.matcher(path)
                .replaceFirst(found -> "/repos/{owner}/{repo}"
                        + (found.group(2) == null ? "" : "/pulls")
                        + (found.group(3) == null ? "" : "/{pull_number}"));
    }

    Reply answer(HttpServerExchange exchange, String path, @Nullable JsonNode request, Optional<StandInToken> token) {
        header(exchange, "X-GitHub-Media-Type", "github.v3; format=json");
        standIn.enterprise.ifPresent(version -> header(exchange, "X-GitHub-Enterprise-Version", version));
        token.flatMap(StandInToken::scopes).ifPresent(scopes -> header(exchange, "X-OAuth-Scopes", scopes));
        if (token.isPresent() && token.get().value().isEmpty()) {
            return error(401, "Bad credentials");
        }
        Matcher matcher = PATH.matcher(path);
        Matcher actions = ActionsStandIn.PATH.matcher(path);
        Optional<StandInRepository> found = matcher.matches()
                ? standIn.repository(matcher.group(1))
                : actions.matches() ? standIn.repository(actions.group(1)) : Optional.empty();
        if (found.isEmpty() || !GitHubStandIn.mayRead(found.get(), token.orElse(null))) {
            return error(404, "Not Found");
        }
        StandInRepository repository = found.get();
        if (repository.movedTo.isPresent()) {
            String location = standIn.api() + "/repositories/1296269";
            exchange.getResponseHeaders().put(Headers.LOCATION, location);
            ObjectNode moved =
                    error(301, "Moved Permanently").body() instanceof ObjectNode body ? body : JSON.createObjectNode();
            return new Reply(301, moved.put("url", location));
        }
        synchronized (repository.pulls) {
            Reply reply = actions.matches()
                    ? standIn.actions().answer(exchange, repository, actions.group(2), token.orElse(null))
                    : route(exchange, repository, matcher, request, token.orElse(null));
            return conditional(exchange, reply);
        }
    }

    private Reply route(
            HttpServerExchange exchange,
            StandInRepository repository,
            Matcher path,
            @Nullable JsonNode request,
            @Nullable StandInToken token) {
        String method = exchange.getRequestMethod().toString();
        boolean pulls = path.group(2) != null;
        if (!pulls) {
            return new Reply(200, repository(repository, token));
        }
        if (path.group(3) == null && method.equals("GET")) {
            return new Reply(200, list(exchange, repository));
        }
        if (!method.equals("GET") && (token == null || !token.rights().contains(StandInToken.Right.PULL_REQUESTS))) {
            header(exchange, "X-Accepted-GitHub-Permissions", "pull_requests=write");
            return error(403, "Resource not accessible by personal access token");
        }
        if (path.group(3) == null) {
            return create(repository, request == null ? JSON.createObjectNode() : request);
        }
        ObjectNode pull = repository.pulls.get(Integer.parseInt(path.group(3)));
        if (pull == null) {
            return error(404, "Not Found");
        }
        if (request != null && request.has("state")) {
            setState(pull, request.get("state").asText());
        }
        return new Reply(200, pull.deepCopy());
    }

    /** The rate limit counts what was not answered by 304. */
    private Reply conditional(HttpServerExchange exchange, Reply reply) {
        boolean get = exchange.getRequestMethod().toString().equals("GET");
        String etag = "W/\""
                + Sha256.of(String.valueOf(reply.body()).getBytes(StandardCharsets.UTF_8))
                        .hex() + "\"";
        boolean same = get && etag.equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH));
        int remaining = same ? standIn.remaining.get() : standIn.remaining.decrementAndGet();
        header(exchange, "X-RateLimit-Limit", "5000");
        header(exchange, "X-RateLimit-Remaining", String.valueOf(Math.max(0, remaining)));
        header(exchange, "X-RateLimit-Used", String.valueOf(5000 - Math.max(0, remaining)));
        header(exchange, "X-RateLimit-Resource", "core");
        header(
                exchange,
                "X-RateLimit-Reset",
                String.valueOf(
                        standIn.clock.instant().plus(Duration.ofMinutes(30)).getEpochSecond()));
        if (remaining < 0) {
            standIn.remaining.set(0);
            return error(403, "API rate limit exceeded for user ID 1.");
        }
        if (get && reply.status() == 200) {
            exchange.getResponseHeaders().put(Headers.ETAG, etag);
        }
        return same ? new Reply(304, null) : reply;
    }

    private ObjectNode repository(StandInRepository repository, @Nullable StandInToken token) {
        ObjectNode node = examples.get("full-repository").deepCopy();
        node.remove(List.of("parent", "source", "organization", "template_repository"));
        String owner = repository.fullName.substring(0, repository.fullName.indexOf('/'));
        node.put("name", repository.fullName.substring(owner.length() + 1))
                .put("full_name", repository.fullName)
                .put("private", repository.isPrivate)
                .put("visibility", repository.isPrivate ? "private" : "public")
                // Required by the description and absent from its own example.
                .put("has_discussions", false)
                .put("archived", repository.archived)
                .put("fork", repository.fork)
                .put("id", ActionsStandIn.REPOSITORY_ID)
                .put("default_branch", StandInRepository.MAIN)
                .put("url", standIn.api() + "/repos/" + repository.fullName)
                .put("html_url", standIn.web() + "/" + repository.fullName)
                .put("clone_url", standIn.web() + "/" + repository.fullName + ".git");
        ((ObjectNode) node.get("owner")).put("login", owner).put("id", ActionsStandIn.OWNER_ID);
        boolean push = token != null && token.rights().contains(StandInToken.Right.PUSH);
        node.putObject("permissions")
                .put("admin", push)
                .put("maintain", push)
                .put("push", push)
                .put("triage", push)
                .put("pull", true);
        return node;
    }

    private ArrayNode list(HttpServerExchange exchange, StandInRepository repository) {
        String state = query(exchange, "state").orElse("open");
        Optional<String> head = query(exchange, "head");
        int size = query(exchange, "per_page").map(Integer::valueOf).orElse(30);
        int page = query(exchange, "page").map(Integer::valueOf).orElse(1);
        List<ObjectNode> all = repository.pulls.values().stream()
                .filter(pull ->
                        state.equals("all") || pull.get("state").asText().equals(state))
                .filter(pull -> head.isEmpty()
                        || pull.path("head").path("label").asText().equals(head.get()))
                .toList();
        ArrayNode listed = JSON.createArrayNode();
        all.stream().skip((long) size * (page - 1)).limit(size).forEach(pull -> {
            ObjectNode simple = pull.deepCopy();
            simple.remove(NOT_LISTED);
            listed.add(simple);
        });
        if (all.size() > size * page) {
            header(
                    exchange,
                    "Link",
                    "<" + standIn.api() + "/repos/" + repository.fullName + "/pulls?state=" + state + "&per_page="
                            + size + "&page=" + (page + 1) + ">; rel=\"next\"");
        }
        return listed;
    }

    private Reply create(StandInRepository repository, JsonNode request) {
        String owner = repository.fullName.substring(0, repository.fullName.indexOf('/'));
        String head = request.path("head").asText().replaceFirst("^" + owner + ":", "");
        String base = request.path("base").asText();
        Optional<String> tip = repository.tip(head);
        Optional<String> onto = repository.tip(base);
        if (tip.isEmpty() || onto.isEmpty()) {
            return invalid(
                    error -> error.put("field", tip.isEmpty() ? "head" : "base").put("code", "invalid"));
        }
        boolean exists = repository.pulls.values().stream()
                .anyMatch(pull -> pull.get("state").asText().equals("open")
                        && pull.path("head").path("ref").asText().equals(head));
        if (exists) {
            return custom("A pull request already exists for " + owner + ":" + head + ".");
        }
        if (tip.equals(onto)) {
            return custom("No commits between " + base + " and " + head);
        }
        if (!haveHistoryInCommon(repository, tip.get(), onto.get())) {
            return custom("The " + head + " branch has no history in common with " + base);
        }
        if (request.path("draft").asBoolean() && !repository.drafts) {
            return error(422, "Draft pull requests are not supported in this repository.");
        }
        int number = repository.pulls.size() + 1;
        String url = standIn.api() + "/repos/" + repository.fullName + "/pulls/" + number;
        ObjectNode pull = examples.get("pull-request").deepCopy();
        pull.put("number", number)
                .put("url", url)
                .put("html_url", standIn.web() + "/" + repository.fullName + "/pull/" + number)
                .put("state", "open")
                .put("title", request.path("title").asText())
                .put("body", request.path("body").asText())
                .put("draft", request.path("draft").asBoolean())
                .put("merged", false)
                .put("created_at", now())
                .put("updated_at", now());
        for (String list : List.of("labels", "assignees", "requested_reviewers", "requested_teams")) {
            pull.putArray(list);
        }
        pull.putNull("milestone")
                .putNull("assignee")
                .putNull("merged_at")
                .putNull("closed_at")
                .putNull("merged_by");
        end((ObjectNode) pull.get("head"), repository, owner, head, tip.get());
        end((ObjectNode) pull.get("base"), repository, owner, base, onto.get());
        repository.pulls.put(number, pull);
        standIn.happened(new GitHubEvent(repository, head, tip.get(), OptionalInt.of(number)));
        return new Reply(201, pull.deepCopy());
    }

    private void end(ObjectNode end, StandInRepository repository, String owner, String branch, String sha) {
        end.put("label", owner + ":" + branch).put("ref", branch).put("sha", sha);
        ((ObjectNode) end.get("repo"))
                .put("full_name", repository.fullName)
                .put("name", repository.fullName.substring(owner.length() + 1))
                .put("private", repository.isPrivate);
    }

    private static boolean haveHistoryInCommon(StandInRepository repository, String one, String other) {
        try (RevWalk walk = new RevWalk(repository.git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
            return walk.next() != null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void setState(ObjectNode pull, String state) {
        if (!pull.get("state").asText().equals(state)) {
            pull.put("state", state).put("updated_at", now());
            if (state.equals("closed")) {
                pull.put("closed_at", now());
            } else {
                pull.putNull("closed_at");
            }
        }
    }

    /** A pull request whose head is gone is closed; one whose head moved shows it. */
    void branchesChanged(StandInRepository repository) {
        synchronized (repository.pulls) {
            for (ObjectNode pull : repository.pulls.values()) {
                ObjectNode head = (ObjectNode) pull.get("head");
                repository
                        .tip(head.get("ref").asText())
                        .ifPresentOrElse(tip -> head.put("sha", tip), () -> setState(pull, "closed"));
            }
        }
    }

    void merge(StandInRepository repository, int number, String login) {
        synchronized (repository.pulls) {
            ObjectNode pull = Objects.requireNonNull(repository.pulls.get(number));
            setState(pull, "closed");
            ObjectNode by = pull.get("user").deepCopy();
            pull.put("merged", true).put("merged_at", now()).set("merged_by", by.put("login", login));
        }
    }

    private String now() {
        return standIn.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Optional<String> query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    private static void header(HttpServerExchange exchange, String name, String value) {
        exchange.getResponseHeaders().put(new HttpString(name), value);
    }

    static Reply error(int status, String message) {
        return new Reply(
                status,
                JSON.createObjectNode()
                        .put("message", message)
                        .put("documentation_url", DOCS)
                        .put("status", String.format(Locale.ROOT, "%d", status)));
    }

    private static Reply custom(String message) {
        return invalid(error -> error.put("code", "custom").put("message", message));
    }

    private static Reply invalid(Consumer<ObjectNode> detail) {
        ObjectNode body =
                JSON.createObjectNode().put("message", "Validation Failed").put("documentation_url", DOCS);
        detail.accept(body.putArray("errors").addObject().put("resource", "PullRequest"));
        return new Reply(422, body.put("status", "422"));
    }
}

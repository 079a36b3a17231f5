package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The artifacts of all runs at {@link ActionsStandIn}: kept by jobs, listed, given out by another host, deleted. */
final class ArtifactsStandIn {

    /** Where they are given out, at the host that is not GitHub's. */
    static final String STORE = "/_artifacts/";

    private static final Pattern PATH = Pattern.compile("actions/(?:runs/(\\d+)/artifacts|artifacts/(\\d+)(/zip)?)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GitHubStandIn github;
    private final JsonNode example;
    private final List<ActionsRunStandIn> runs;
    private volatile Consumer<ArtifactStandIn> meddler = artifact -> {};

    ArtifactsStandIn(GitHubStandIn github, JsonNode example, List<ActionsRunStandIn> runs) {
        this.github = github;
        this.example = example;
        this.runs = runs;
    }

    /** Does something to each artifact before anybody sees it. */
    void meddle(Consumer<ArtifactStandIn> with) {
        meddler = with;
    }

    void keep(ActionsRunStandIn run, ArtifactStandIn artifact) {
        meddler.accept(artifact);
        run.artifacts().add(artifact);
    }

    static boolean serves(String rest) {
        return PATH.matcher(rest).matches();
    }

    static String template(String path) {
        return path.replaceFirst("/artifacts/\\d+", "/artifacts/{artifact_id}")
                .replaceFirst("(\\{artifact_id})/zip", "$1/{archive_format}");
    }

    GitHubRest.Reply answer(HttpServerExchange exchange, StandInRepository repository, String rest, boolean write) {
        Matcher path = PATH.matcher(rest);
        if (!path.matches()) {
            throw new IllegalArgumentException(rest);
        }
        if (path.group(1) != null) {
            return list(exchange, repository, path.group(1));
        }
        Optional<ArtifactStandIn> found = artifact(path.group(2));
        if (found.isEmpty()) {
            return GitHubRest.error(404, "Not Found");
        } else if (exchange.getRequestMethod().toString().equals("DELETE")) {
            if (!write) {
                return GitHubRest.error(403, "Resource not accessible by personal access token");
            }
            found.get().delete();
            return new GitHubRest.Reply(204, null);
        } else if (found.get().expired) {
            return GitHubRest.error(410, "Artifact has expired");
        }
        exchange.getResponseHeaders()
                .put(
                        Headers.LOCATION,
                        github.web().toString().replace("127.0.0.1", "localhost") + STORE + path.group(2) + "?sig="
                                + found.get().signature());
        return new GitHubRest.Reply(302, null);
    }

    private GitHubRest.Reply list(HttpServerExchange exchange, StandInRepository repository, String run) {
        Deque<String> named = exchange.getQueryParameters().get("name");
        ObjectNode list = JSON.createObjectNode();
        ArrayNode array = list.putArray("artifacts");
        runs.stream()
                .filter(one ->
                        String.valueOf(one.id()).equals(run) && one.event().repository() == repository)
                .flatMap(one -> one.artifacts().stream())
                .filter(one -> !one.isDeleted() && (named == null || named.contains(one.name)))
                .forEach(one -> array.add(
                        one.described(example, github.api() + "/repos/" + repository.fullName + "/actions/artifacts")));
        return new GitHubRest.Reply(200, list.put("total_count", array.size()));
    }

    private Optional<ArtifactStandIn> artifact(String id) {
        return runs.stream()
                .flatMap(run -> run.artifacts().stream())
                .filter(one -> !one.isDeleted() && String.valueOf(one.id()).equals(id))
                .findFirst();
    }

    /** Whoever brings a token there gives it to a stranger. */
    byte[] serve(HttpServerExchange exchange) {
        Optional<ArtifactStandIn> found = artifact(exchange.getRequestPath().substring(STORE.length()));
        boolean signed = found.isPresent()
                && exchange.getQueryString().equals("sig=" + found.get().signature());
        boolean stranger = exchange.getHostName().equals("localhost");
        boolean token = exchange.getRequestHeaders().contains(Headers.AUTHORIZATION);
        exchange.setStatusCode(token ? 400 : signed && stranger ? 200 : 403);
        return exchange.getStatusCode() == 200 ? found.orElseThrow().archive() : new byte[0];
    }
}

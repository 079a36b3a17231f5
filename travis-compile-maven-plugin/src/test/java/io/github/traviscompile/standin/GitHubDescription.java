package io.github.traviscompile.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's own description of its API, as judge over both sides of each exchange. The resource is the part of
 * {@code @octokit/openapi} 23.0.2 (OpenAPI 3.0.3, MIT) that the plugin uses, without its prose.
 */
final class GitHubDescription {

    private static final String IRI = "https://openapi.invalid/github.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = JSON.readTree(resource("github-openapi.json"));
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            builder -> builder.metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, document.toString()))));
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    GitHubDescription() throws IOException {}

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(GitHubDescription.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is wrong with an exchange.
     *
     * @param path as the description writes it, such as {@code /repos/{owner}/{repo}}
     */
    List<String> judge(
            String method,
            String path,
            Map<String, Deque<String>> query,
            @Nullable JsonNode request,
            int status,
            @Nullable JsonNode answer) {
        List<String> complaints = new ArrayList<>();
        String verb = method.toLowerCase(java.util.Locale.ROOT);
        JsonNode operation = document.path("paths").path(path).path(verb);
        if (operation.isMissingNode()) {
            return List.of(method + " " + path + " is not described.");
        }
        String here = method + " " + path + " " + status + ": ";
        query.keySet().stream()
                .filter(name -> parameter(operation, name).isMissingNode())
                .forEach(name -> complaints.add(here + "query parameter '" + name + "' is not described."));
        query.forEach((name, values) -> {
            JsonNode words = parameter(operation, name).path("schema").path("enum");
            if (words.isArray() && !words.toString().contains("\"" + values.getFirst() + "\"")) {
                complaints.add(here + "'" + values.getFirst() + "' is no value of '" + name + "'.");
            }
        });
        String pointer = "#/paths/" + escape(path) + "/" + verb;
        if (request != null) {
            check(pointer + "/requestBody/content/application~1json/schema", request, here + "request ", complaints);
        }
        // May be the answer to everything, and are described at some calls only (docs.github.com, "Troubleshooting").
        boolean everywhere = List.of(304, 401, 403, 404).contains(status);
        JsonNode response = operation.path("responses").path(String.valueOf(status));
        if (response.isMissingNode() && !everywhere) {
            complaints.add(here + "this status is not described.");
        } else if (answer != null && !response.isMissingNode()) {
            String described = response.has("$ref") ? response.get("$ref").asText() : pointer + "/responses/" + status;
            check(described + "/content/application~1json/schema", answer, here + "answer ", complaints);
        }
        return complaints;
    }

    private JsonNode parameter(JsonNode operation, String name) {
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            if (resolved.path("name").asText().equals(name)
                    && resolved.path("in").asText().equals("query")) {
                return resolved;
            }
        }
        return document.path("absent");
    }

    private void check(String pointer, JsonNode value, String prefix, List<String> complaints) {
        if (document.at(pointer.substring(1)).isMissingNode()) {
            complaints.add(prefix + "has a body that is not described.");
            return;
        }
        schemas.computeIfAbsent(pointer, where -> factory.getSchema(SchemaLocation.of(IRI + where)))
                .validate(value)
                .forEach(message -> complaints.add(prefix + message.getMessage()));
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}

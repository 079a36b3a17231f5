package io.github.traviscompile.ci.actions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.traviscompile.platform.WorkFailedException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * What GitHub's API answered.
 *
 * @param path of the request, without the host
 */
record ActionsAnswer(String path, int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 200;

    boolean succeeded() {
        return status / 100 == 2;
    }

    /** Whether GitHub withholds what was asked for; it says 404 also where the token may not see a thing. */
    boolean withheld() {
        return status == 401 || status == 403 || status == 404 || status == 410;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The object of a successful answer; a member that is absent reads as a missing node. */
    JsonNode json() throws WorkFailedException, ActionsBusyException {
        if (!succeeded()) {
            throw new WorkFailedException("GitHub refused " + path + ": " + reason() + ".");
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isContainerNode()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new ActionsBusyException("answered " + status + " with what is not JSON", Duration.ZERO, e);
        }
        throw new ActionsBusyException("answered " + status + " without a JSON object", Duration.ZERO, null);
    }

    /** The status with GitHub's own reason, where it gives one. */
    String reason() {
        String line;
        try {
            line = JSON.readTree(body).path("message").asText("");
        } catch (JsonProcessingException e) {
            // A page of some proxy in between: nothing for a sentence.
            line = "";
        }
        line = line.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
        return line.isEmpty()
                ? "status " + status
                : "status " + status + ", " + line.substring(0, Math.min(line.length(), LONGEST_REASON));
    }
}

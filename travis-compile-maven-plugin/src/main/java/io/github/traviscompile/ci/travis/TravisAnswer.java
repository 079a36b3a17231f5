package io.github.traviscompile.ci.travis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.github.traviscompile.platform.WorkFailedException;
import java.time.Duration;

/**
 * What API v3 answered.
 *
 * @param path of the request, without the host
 */
record TravisAnswer(String path, int status, String body) {

    private static final int LONGEST_REASON = 200;

    boolean succeeded() {
        return status / 100 == 2;
    }

    /** Whether the service withholds what was asked for; it says 404 also where the account may not see a thing. */
    boolean withheld() {
        return status == 401 || status == 403 || status == 404;
    }

    /** The object of a successful answer. */
    TravisJson json() throws WorkFailedException, TravisBusyException {
        if (!succeeded()) {
            throw refused("");
        }
        try {
            JsonElement element = JsonParser.parseString(body);
            if (element.isJsonObject()) {
                return new TravisJson(element.getAsJsonObject());
            }
        } catch (JsonSyntaxException e) {
            throw new TravisBusyException("answered " + status + " with what is not JSON", Duration.ZERO, e);
        }
        throw new TravisBusyException("answered " + status + " without a JSON object", Duration.ZERO, null);
    }

    /** The failure for an answer that nobody expected; {@code remedy} is a sentence after a space, or empty. */
    WorkFailedException refused(String remedy) {
        return new WorkFailedException("Travis CI refused " + path + ": " + reason() + "." + remedy);
    }

    /** The status with the service's own reason, where it gives one. */
    String reason() {
        try {
            JsonElement element = JsonParser.parseString(body);
            if (element instanceof JsonObject object) {
                String message = new TravisJson(object).string("error_message").orElse("");
                String line = message.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
                return line.isEmpty()
                        ? "status " + status
                        : "status " + status + ", " + line.substring(0, Math.min(line.length(), LONGEST_REASON));
            }
        } catch (JsonSyntaxException e) {
            // A page of some proxy in between: nothing for a sentence.
        }
        return "status " + status;
    }
}

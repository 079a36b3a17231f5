package io.github.traviscompile.ci;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.github.traviscompile.model.WorkFailedException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the API of a service answered.
 *
 * @param service how a sentence names it
 * @param path of the request, without the host
 */
public record HttpReply(String service, String path, int status, HttpHeaders headers, String body) {

    private static final int LONGEST_REASON = 200;

    public boolean succeeded() {
        return status / 100 == 2;
    }

    /** Whether the service withholds what was asked for; services say 404 also where the account may not see a thing. */
    public boolean withheld() {
        return status == 401 || status == 403 || status == 404 || status == 410;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** A header that is a whole number. */
    public Optional<Long> number(String name) {
        return header(name).filter(value -> value.matches("[0-9]{1,10}")).map(Long::valueOf);
    }

    /** The object of a successful answer. */
    public ApiJson json() throws WorkFailedException, ServiceBusyException {
        JsonElement element = element();
        if (element.isJsonObject()) {
            return new ApiJson(element.getAsJsonObject());
        }
        throw new ServiceBusyException("answered " + status + " without a JSON object", Duration.ZERO, null);
    }

    /** The objects of a successful answer that is an array. */
    public List<ApiJson> list() throws WorkFailedException, ServiceBusyException {
        JsonElement element = element();
        if (element.isJsonArray()) {
            return ApiJson.objects(element);
        }
        throw new ServiceBusyException("answered " + status + " without a JSON array", Duration.ZERO, null);
    }

    private JsonElement element() throws WorkFailedException, ServiceBusyException {
        requireSuccess();
        try {
            return JsonParser.parseString(body);
        } catch (JsonSyntaxException e) {
            throw new ServiceBusyException("answered " + status + " with what is not JSON", Duration.ZERO, e);
        }
    }

    /** Refuses an answer that nobody expected. */
    public HttpReply requireSuccess() throws WorkFailedException {
        if (!succeeded()) {
            throw new WorkFailedException(service + " refused " + path + ": " + reason() + ".");
        }
        return this;
    }

    /** The status with the service's own reason, where it gives one. */
    public String reason() {
        String line = "";
        try {
            if (JsonParser.parseString(body) instanceof JsonObject object) {
                ApiJson json = new ApiJson(object);
                line = json.string("message")
                        .or(() -> json.string("error_message"))
                        .orElse("")
                        .replaceAll("\\s+", " ")
                        .strip()
                        .replaceFirst("\\.$", "");
            }
        } catch (JsonSyntaxException e) {
            // A page of some proxy in between: nothing for a sentence.
            line = "";
        }
        return "status " + status
                + (line.isEmpty() ? "" : ", " + line.substring(0, Math.min(line.length(), LONGEST_REASON)));
    }
}

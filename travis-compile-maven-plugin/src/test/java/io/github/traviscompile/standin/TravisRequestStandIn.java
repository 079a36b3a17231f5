package io.github.traviscompile.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request of {@link TravisStandIn}: what an event became. */
public final class TravisRequestStandIn {

    private final long id;
    private final TravisEventStandIn event;
    private final List<Map<String, Object>> messages = new ArrayList<>();
    private String result = "";
    private String message = "";

    TravisRequestStandIn(long id, TravisEventStandIn event) {
        this.id = id;
        this.event = event;
    }

    TravisRequestStandIn reject(String why) {
        result = "rejected";
        message = why;
        return this;
    }

    TravisRequestStandIn approve() {
        result = "approved";
        return this;
    }

    void message(String level, String code) {
        messages.add(Map.of("@type", "message", "level", level, "key", "root", "code", code));
    }

    public String result() {
        return result;
    }

    long id() {
        return id;
    }

    TravisEventStandIn event() {
        return event;
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@type", "request");
        document.put("id", id);
        document.put("state", "finished");
        document.put("result", result);
        document.put("message", message.isEmpty() ? null : message);
        document.put("event_type", event.type());
        document.put("head_commit", event.commit());
        return document;
    }

    Map<String, Object> messages() {
        return Map.of("@type", "messages", "messages", messages);
    }
}

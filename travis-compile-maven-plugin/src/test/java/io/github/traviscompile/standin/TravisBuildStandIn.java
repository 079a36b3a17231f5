package io.github.traviscompile.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A build of {@link TravisStandIn}. */
public final class TravisBuildStandIn {

    private final long id;
    private final TravisRequestStandIn request;
    private final List<TravisJobStandIn> jobs;

    TravisBuildStandIn(long id, TravisRequestStandIn request, List<TravisJobStandIn> jobs) {
        this.id = id;
        this.request = request;
        this.jobs = jobs;
    }

    public List<TravisJobStandIn> jobs() {
        return jobs;
    }

    /** The job that the file names so. */
    public TravisJobStandIn job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
    }

    long id() {
        return id;
    }

    String event() {
        return request.event().type();
    }

    /** Whether there was anything to cancel. */
    boolean cancel() {
        boolean running = jobs.stream().anyMatch(job -> !job.hasEnded());
        jobs.forEach(TravisJobStandIn::cancel);
        return running;
    }

    Map<String, Object> document() {
        TravisEventStandIn event = request.event();
        boolean pullRequest = event.number() != 0;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@type", "build");
        document.put("id", id);
        document.put("event_type", event.type());
        document.put("pull_request_number", pullRequest ? event.number() : null);
        document.put("branch", Map.of("name", pullRequest ? event.base() : event.branch()));
        // A pull request's build is of the merge, which has an id of its own.
        document.put("commit", Map.of("sha", pullRequest ? "f".repeat(40) : event.commit()));
        document.put("request", Map.of("@type", "request", "id", request.id()));
        return document;
    }
}

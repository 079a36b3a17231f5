package io.github.traviscompile.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build of {@link AppVeyorStandIn}. */
public final class AppVeyorBuildStandIn {

    private final long id;
    private final String version;
    private final AppVeyorEvent event;
    private final List<AppVeyorJobStandIn> jobs;
    private final Optional<String> message;

    /**
     * A build.
     *
     * @param message why it has no jobs
     */
    AppVeyorBuildStandIn(
            long id, String version, AppVeyorEvent event, List<AppVeyorJobStandIn> jobs, Optional<String> message) {
        this.id = id;
        this.version = version;
        this.event = event;
        this.jobs = List.copyOf(jobs);
        this.message = message;
    }

    public List<AppVeyorJobStandIn> jobs() {
        return jobs;
    }

    /** The job that the file names so. */
    public AppVeyorJobStandIn job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
    }

    public String version() {
        return version;
    }

    String branch() {
        return event.branch();
    }

    /** Whether there was anything to cancel. */
    boolean cancel() {
        boolean running = jobs.stream().anyMatch(job -> !job.hasEnded());
        jobs.forEach(AppVeyorJobStandIn::cancel);
        return running;
    }

    private String status() {
        List<String> states = jobs.stream().map(AppVeyorJobStandIn::state).toList();
        for (String state : List.of("running", "starting", "queued", "cancelling", "failed", "cancelled")) {
            if (states.contains(state)) {
                return state;
            }
        }
        return message.isPresent() ? "failed" : "success";
    }

    /** The history shows no jobs. */
    Map<String, Object> document(boolean withJobs) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("buildId", id);
        document.put(
                "jobs",
                withJobs ? jobs.stream().map(AppVeyorJobStandIn::document).toList() : List.of());
        document.put("version", version);
        document.put("branch", event.branch());
        document.put("commitId", event.commit());
        event.pullRequest().ifPresent(number -> document.put("pullRequestId", number.toString()));
        document.put(
                "messages",
                message.stream().map(text -> Map.of("message", text)).toList());
        document.put("status", status());
        return document;
    }
}

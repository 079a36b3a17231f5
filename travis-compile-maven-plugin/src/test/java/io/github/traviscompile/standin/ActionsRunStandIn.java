package io.github.traviscompile.standin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run of a workflow at {@link ActionsStandIn}; one without jobs could not be started. */
public final class ActionsRunStandIn {

    private final long id;
    private final GitHubEvent event;
    private final String path;
    private final List<ActionsJobStandIn> jobs;
    private final List<ArtifactStandIn> artifacts = new CopyOnWriteArrayList<>();
    private volatile boolean stubborn;
    private volatile boolean listed = true;
    private volatile String conclusion = "startup_failure";

    ActionsRunStandIn(long id, GitHubEvent event, String path, List<ActionsJobStandIn> jobs) {
        this.id = id;
        this.event = event;
        this.path = path;
        this.jobs = List.copyOf(jobs);
    }

    public long id() {
        return id;
    }

    public List<ActionsJobStandIn> jobs() {
        return jobs;
    }

    /** What its jobs left, and what a test adds. */
    public List<ArtifactStandIn> artifacts() {
        return artifacts;
    }

    /** The job of this name. */
    public ActionsJobStandIn job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
    }

    /** From now on it goes on though it is cancelled, until it is forced. */
    public void stubborn() {
        stubborn = true;
    }

    /** Whether GitHub shows it yet. */
    public void listed(boolean now) {
        listed = now;
    }

    /** What becomes of it without jobs; {@code startup_failure} unless a test says so. */
    public void conclusion(String word) {
        conclusion = word;
    }

    boolean isListed() {
        return listed;
    }

    GitHubEvent event() {
        return event;
    }

    String path() {
        return path;
    }

    boolean hasEnded() {
        return jobs.stream().allMatch(ActionsJobStandIn::hasEnded);
    }

    String status() {
        if (hasEnded()) {
            return "completed";
        }
        return jobs.stream().anyMatch(job -> job.status().equals("in_progress")) ? "in_progress" : "queued";
    }

    String conclusion() {
        if (jobs.isEmpty()) {
            return conclusion;
        }
        return jobs.stream()
                .map(ActionsJobStandIn::conclusion)
                .filter(word -> !word.equals("success"))
                .findFirst()
                .orElse("success");
    }

    /** Whether there was anything to cancel. */
    boolean cancel(boolean forced) {
        boolean running = !hasEnded();
        if (forced || !stubborn) {
            jobs.forEach(ActionsJobStandIn::cancel);
        }
        return running;
    }
}

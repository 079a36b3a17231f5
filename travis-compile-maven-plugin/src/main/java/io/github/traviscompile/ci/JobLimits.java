package io.github.traviscompile.ci;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of a run, applied to the jobs of one service. A service may run one job at a time. So while it runs
 * one, the time in the queue of the others stands still.
 */
public final class JobLimits {

    private final String service;
    private final CiTimeouts limits;
    private final Map<String, Phase> phases = new HashMap<>();
    private Instant seen;

    /** The time that a job has waited or run. */
    private record Phase(boolean waiting, Duration length) {}

    /**
     * @param service its name in messages
     * @param opened the start of the waiting time of jobs that are waiting at the first look
     */
    public JobLimits(String service, CiTimeouts limits, Instant opened) {
        this.service = service;
        this.limits = limits;
        this.seen = opened;
    }

    /**
     * Counts the time since the last look. Until there are jobs it counts nothing; the time up to their first look then
     * counts as waiting.
     *
     * @throws ActionNeededException if a job has waited, or run, for too long
     */
    public void require(List<CiJob> jobs, Instant now) throws ActionNeededException {
        if (jobs.isEmpty()) {
            return;
        }
        Duration since = Duration.between(seen, now);
        seen = now;
        boolean busy = jobs.stream().anyMatch(job -> job.stage() == CiJob.Stage.RUNNING);
        for (CiJob job : jobs) {
            if (job.stage().isFinal()) {
                phases.remove(job.id());
                continue;
            }
            boolean waiting = job.stage() == CiJob.Stage.WAITING;
            @Nullable Phase known = phases.get(job.id());
            boolean begins = known == null ? !waiting : known.waiting() != waiting;
            Duration before = known == null || begins ? Duration.ZERO : known.length();
            Duration length = before.plus(begins || (waiting && busy) ? Duration.ZERO : since);
            phases.put(job.id(), new Phase(waiting, length));
            Duration limit = waiting ? limits.queue() : limits.build();
            if (length.compareTo(limit) > 0) {
                throw late(job, waiting, limit);
            }
        }
    }

    private ActionNeededException late(CiJob job, boolean waiting, Duration limit) {
        String what = waiting
                ? "got no machine on " + service + " within " + limit.toMinutes() + " minutes (state " + job.state()
                        + ")."
                : "has been running on " + service + " for more than " + limit.toMinutes() + " minutes.";
        String remedy = waiting
                ? "or raise " + Parameter.QUEUE_TIMEOUT_MINUTES + "."
                : "or raise " + Parameter.TIMEOUT_MINUTES + ".";
        return new ActionNeededException(
                "The leg " + job.leg().id() + " " + what + " See " + job.page() + ", " + remedy);
    }
}

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
 * Holds the jobs of one service to the limits of a run. While the service runs one of them, the others wait for that one and
 * not for the service, which may run one at a time: their time in the queue stands still.
 */
public final class JobLimits {

    private final String service;
    private final CiTimeouts limits;
    private final Map<String, Stay> stays = new HashMap<>();
    private Instant seen;

    /** How long a job has waited, or run. */
    private record Stay(boolean waiting, Duration length) {}

    /**
     * @param service how a sentence names it
     * @param opened since when jobs wait that appear already waiting
     */
    public JobLimits(String service, CiTimeouts limits, Instant opened) {
        this.service = service;
        this.limits = limits;
        this.seen = opened;
    }

    /**
     * Counts the time since the last look. While there are no jobs yet nothing is counted, and later all of it as waiting.
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
                stays.remove(job.id());
                continue;
            }
            boolean waiting = job.stage() == CiJob.Stage.WAITING;
            @Nullable Stay known = stays.get(job.id());
            boolean begins = known == null ? !waiting : known.waiting() != waiting;
            Duration before = known == null || begins ? Duration.ZERO : known.length();
            Duration length = before.plus(begins || (waiting && busy) ? Duration.ZERO : since);
            stays.put(job.id(), new Stay(waiting, length));
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

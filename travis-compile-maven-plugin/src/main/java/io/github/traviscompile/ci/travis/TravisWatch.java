package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.ApiAnswer;
import io.github.traviscompile.ci.ApiBusyException;
import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiLimits;
import io.github.traviscompile.ci.CiStart;
import io.github.traviscompile.ci.CiWatch;
import io.github.traviscompile.ci.JobLimits;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.WorkFailedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the build of one run by looking at it now and then. Whoever opened it closes it, which cancels what still
 * runs. One thread uses it at a time.
 */
final class TravisWatch implements CiWatch {

    private final TravisApi api;
    private final TravisRepository repository;
    private final List<Leg> legs;
    private final CiLimits limits;
    private final JobLimits jobLimits;
    private final ApiPatience patience;
    private final InstantSource clock;
    private final BuildSearch search;
    private final Instant opened;

    private @Nullable Long build;
    private List<CiJob> jobs = List.of();
    private @Nullable Instant troubledSince;
    private Instant notBefore;
    private boolean closed;

    TravisWatch(
            TravisApi api,
            TravisRepository repository,
            TravisEvent event,
            CiStart start,
            List<Leg> legs,
            CiLimits limits,
            ApiPatience patience,
            InstantSource clock) {
        this.api = api;
        this.repository = repository;
        this.legs = List.copyOf(legs);
        this.limits = limits;
        this.patience = patience;
        this.clock = clock;
        this.search = new BuildSearch(api, repository, event, start);
        this.opened = clock.instant();
        this.jobLimits = new JobLimits("Travis CI", limits, opened);
        this.notBefore = opened;
    }

    @Override
    public List<CiJob> look() throws CrossCompileException, InterruptedException {
        Instant now = clock.instant();
        if (!notBefore.isAfter(now)) {
            try {
                if (build == null) {
                    build = search.find().orElse(null);
                }
                if (build != null) {
                    jobs = readJobs(build);
                }
                troubledSince = null;
            } catch (ApiBusyException e) {
                troubledSince = troubledSince == null ? now : troubledSince;
                if (troubledSince.plus(patience.total()).isBefore(now)) {
                    throw api.givenUp("follow the build", e);
                }
                notBefore = now.plus(e.retryAfter());
            }
        }
        requireInTime(now);
        return jobs;
    }

    private List<CiJob> readJobs(long id) throws CrossCompileException, ApiBusyException, InterruptedException {
        Map<String, ApiJson> byName = new HashMap<>();
        for (ApiJson job :
                api.get("/build/" + id + "/jobs?include=job.config").json().list("jobs")) {
            String name = job.member("config")
                    .flatMap(config -> config.string("name"))
                    .orElse("");
            byName.put(name, job);
        }
        List<CiJob> read = new ArrayList<>();
        for (Leg leg : legs) {
            @Nullable ApiJson job = byName.remove(leg.id());
            if (job == null) {
                throw otherBuild(id, "lacks the job '" + leg.id() + "'");
            }
            long jobId = job.number("id").orElseThrow(() -> otherBuild(id, "has a job without an id"));
            TravisJobState state = TravisJobState.of(job.string("state").orElse(""));
            read.add(new CiJob(
                    leg,
                    String.valueOf(jobId),
                    state.word(),
                    state.stage(),
                    api.site().jobPage(repository.slug(), jobId)));
        }
        if (!byName.isEmpty()) {
            throw otherBuild(id, "has jobs that this run did not ask for: " + byName.keySet());
        }
        return List.copyOf(read);
    }

    private WorkFailedException otherBuild(long id, String why) {
        return new WorkFailedException("Travis CI read something else than this run's .travis.yml: its build "
                + api.site().buildPage(repository.slug(), id) + " " + why + ". See its 'View config' there.");
    }

    private void requireInTime(Instant now) throws CrossCompileException {
        if (build == null && opened.plus(limits.queue()).isBefore(now)) {
            throw new ActionNeededException("Travis CI started no build for " + search.inWords() + " of "
                    + repository.slug() + " within " + minutes(limits.queue()) + ": " + search.state() + " See "
                    + api.site().requestsPage(repository.slug())
                    + ", or raise <queueTimeoutMinutes> (-Dtravis-compile.queueTimeoutMinutes).");
        }
        jobLimits.require(jobs, now);
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " minutes";
    }

    /** Where a person sees the build; empty while there is none. */
    public Optional<URI> page() {
        return Optional.ofNullable(build).map(id -> api.site().buildPage(repository.slug(), id));
    }

    @Override
    public Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException {
        ApiAnswer answer =
                api.insist("read the log of " + job.leg().id(), () -> api.get("/job/" + job.id() + "/log.txt"));
        if (answer.withheld() || answer.body().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new JobLog(answer.requireSuccess().body()));
    }

    /** A build that nobody has seen yet is looked for once more. */
    @Override
    public void close() throws CrossCompileException {
        if (closed) {
            return;
        }
        closed = true;
        // What was begun must end also for a thread that is asked to stop.
        boolean interrupted = Thread.interrupted();
        try {
            if (build == null) {
                build = search.findQuietly().orElse(null);
            }
            if (build != null
                    && (jobs.isEmpty()
                            || !jobs.stream().allMatch(job -> job.stage().isFinal()))) {
                cancel(build);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            throw new WorkFailedException("The build on Travis CI may still run: interrupted while cancelling it.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cancel(long id) throws WorkFailedException, InterruptedException {
        String left = "The build " + api.site().buildPage(repository.slug(), id)
                + " could not be cancelled and may still" + " run: Travis CI ";
        try {
            ApiAnswer answer = api.attempt(() -> api.post("/build/" + id + "/cancel"));
            // 409: it has ended by itself.
            if (!answer.succeeded() && answer.status() != 409) {
                throw new WorkFailedException(left + "answered " + answer.reason() + ". Cancel it there.");
            }
        } catch (ApiBusyException e) {
            throw new WorkFailedException(left + e.getMessage() + ". Cancel it there.", e);
        }
    }
}

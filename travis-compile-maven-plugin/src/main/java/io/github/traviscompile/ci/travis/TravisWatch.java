package io.github.traviscompile.ci.travis;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.ApiWatch;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The build of one event. */
final class TravisWatch extends ApiWatch {

    private final TravisApi api;
    private final TravisRepository repository;
    private final List<Leg> legs;
    private final BuildSearch search;

    private @Nullable Long build;

    TravisWatch(
            TravisApi api,
            TravisRepository repository,
            TravisEvent event,
            PushedCommit start,
            List<Leg> legs,
            CiTimeouts limits) {
        super("Travis CI", api, limits);
        this.api = api;
        this.repository = repository;
        this.legs = List.copyOf(legs);
        this.search = new BuildSearch(api, repository, event, start);
    }

    @Override
    protected List<CiJob> see() throws CrossCompileException, ServiceBusyException, InterruptedException {
        build = build == null ? search.find().orElse(null) : build;
        return build == null ? List.of() : readJobs(build);
    }

    private List<CiJob> readJobs(long id) throws CrossCompileException, ServiceBusyException, InterruptedException {
        Map<String, ApiJson> byName = new HashMap<>();
        for (ApiJson job :
                ApiJson.of(api.get("/build/" + id + "/jobs?include=job.config")).list("jobs")) {
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
                    state.id(),
                    state.stage(),
                    api.site().jobPage(repository.name(), jobId)));
        }
        if (!byName.isEmpty()) {
            throw otherBuild(id, "has jobs that this run did not ask for: " + byName.keySet());
        }
        return List.copyOf(read);
    }

    private WorkFailedException otherBuild(long id, String why) {
        return new WorkFailedException("Travis CI read something else than this run's .travis.yml: its build "
                + api.site().buildPage(repository.name(), id) + " " + why + ". See its 'View config' there.");
    }

    @Override
    protected ActionNeededException nothingBegan(long minutes) {
        return new ActionNeededException("Travis CI started no build for " + search.inWords() + " of "
                + repository.name() + " within " + minutes + " minutes: " + search.state() + " See "
                + api.site().requestsPage(repository.name())
                + ", or raise " + Parameter.QUEUE_TIMEOUT_MINUTES + ".");
    }

    /** Returns the build's page; empty while there is none. */
    public Optional<URI> page() {
        return Optional.ofNullable(build).map(id -> api.site().buildPage(repository.name(), id));
    }

    @Override
    public Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException {
        HttpReply answer =
                api.retry("read the log of " + job.leg().id(), () -> api.get("/job/" + job.id() + "/log.txt"));
        if (answer.withheld() || answer.body().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new JobLog(ApiJson.requireSuccess(answer).body()));
    }

    @Override
    protected void cancel() throws CrossCompileException, InterruptedException {
        Optional<Long> found = build == null ? search.findQuietly() : Optional.of(build);
        if (found.isPresent()) {
            cancel(found.get());
        }
    }

    private void cancel(long id) throws WorkFailedException, InterruptedException {
        String left = "The build " + api.site().buildPage(repository.name(), id)
                + " could not be cancelled and may still" + " run: Travis CI ";
        try {
            HttpReply answer = api.attempt(() -> api.post("/build/" + id + "/cancel"));
            // 409: it has ended by itself.
            if (!answer.succeeded() && answer.status() != 409) {
                throw new WorkFailedException(left + "answered " + ApiJson.reason(answer) + ". Cancel it there.");
            }
        } catch (ServiceBusyException e) {
            throw new WorkFailedException(left + e.getMessage() + ". Cancel it there.", e);
        }
    }
}

package io.github.traviscompile.ci.appveyor;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.ApiWatch;
import io.github.traviscompile.ci.CiJob;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.ApiClient;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.WorkFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The build of one push. */
final class AppVeyorWatch extends ApiWatch {

    private static final String NEWEST = "recordsNumber=25";

    private final ApiClient api;
    private final AppVeyorSite site;
    private final AppVeyorProjectData project;
    private final PushedCommit start;
    private final List<Leg> legs;

    private @Nullable Build build;

    /** The build of our commit; some requests of the API need its id, others its version. */
    private record Build(long id, String version) {}

    AppVeyorWatch(
            ApiClient api,
            AppVeyorSite site,
            AppVeyorProjectData project,
            PushedCommit start,
            List<Leg> legs,
            CiTimeouts limits) {
        super("AppVeyor", api, limits);
        this.api = api;
        this.site = site;
        this.project = project;
        this.start = start;
        this.legs = List.copyOf(legs);
    }

    @Override
    protected List<CiJob> see() throws CrossCompileException, ServiceBusyException, InterruptedException {
        build = build == null ? find().orElse(null) : build;
        return build == null ? List.of() : readJobs(build);
    }

    @Override
    protected ActionNeededException nothingBegan(long minutes) {
        return new ActionNeededException("AppVeyor started no build for the branch '" + start.branch() + "' of "
                + project.repository() + " within " + minutes + " minutes: "
                + (build == null
                        ? "it has heard nothing of the commit, so GitHub did not tell it. Check on GitHub that the"
                                + " repository has AppVeyor's webhook (Settings, Webhooks) or its app (Settings,"
                                + " Applications). See " + site.projectPage(project)
                        : "its build has no jobs. See " + site.buildPage(project, build.id()))
                + ", or raise " + Parameter.QUEUE_TIMEOUT_MINUTES + ".");
    }

    private Optional<Build> find() throws CrossCompileException, ServiceBusyException, InterruptedException {
        String path = "/projects/" + project.path() + "/history?" + NEWEST + "&branch="
                + AppVeyorProjectData.encoded(start.branch());
        Optional<String> other = Optional.empty();
        for (ApiJson found : ApiJson.of(api.get(path)).list("builds")) {
            // A pull request's build names the base as its branch.
            if (found.string("branch").filter(start.branch()::equals).isEmpty()
                    || found.string("pullRequestId").isPresent()) {
                continue;
            }
            String commit = found.string("commitId").orElse("");
            Optional<Long> id = found.number("buildId");
            Optional<String> version = found.string("version");
            if (commit.equals(start.commit()) && id.isPresent() && version.isPresent()) {
                return Optional.of(new Build(id.get(), version.get()));
            }
            other = Optional.of(commit);
        }
        if (other.isPresent()) {
            throw new WorkFailedException("AppVeyor builds the commit " + other.get() + " of the branch '"
                    + start.branch() + "' of " + project.repository() + ", which is not this run's " + start.commit()
                    + ": somebody pushed to its branch. Nothing of it is used; start the run again.");
        }
        return Optional.empty();
    }

    private ApiJson read(Build found) throws WorkFailedException, ServiceBusyException, InterruptedException {
        return ApiJson.of(api.get(
                        "/projects/" + project.path() + "/build/" + AppVeyorProjectData.encoded(found.version())))
                .member("build")
                .orElseThrow(() -> otherBuild(found, "cannot be read"));
    }

    private List<CiJob> readJobs(Build found) throws CrossCompileException, ServiceBusyException, InterruptedException {
        ApiJson answer = read(found);
        List<ApiJson> unknown = new ArrayList<>(answer.list("jobs"));
        if (unknown.isEmpty()) {
            requireNotEnded(found, answer);
            return List.of();
        }
        List<CiJob> read = new ArrayList<>();
        for (Leg leg : legs) {
            ApiJson job = unknown.stream()
                    .filter(candidate -> isOf(candidate, leg))
                    .findFirst()
                    .orElseThrow(() -> otherBuild(found, "lacks the job '" + leg.id() + "'"));
            unknown.remove(job);
            String id = job.string("jobId").orElseThrow(() -> otherBuild(found, "has a job without an id"));
            String state = job.string("status").orElse("");
            read.add(new CiJob(leg, id, state, AppVeyorState.stage(state), site.jobPage(project, found.id(), id)));
        }
        if (!legs.isEmpty() && !unknown.isEmpty()) {
            String names =
                    unknown.stream().map(job -> job.string("name").orElse("")).collect(Collectors.joining(", "));
            throw otherBuild(found, "has jobs that this run did not ask for: " + names);
        }
        return List.copyOf(read);
    }

    /** Whether the job has the file's name for it, alone or among the values of its row in the matrix. */
    private static boolean isOf(ApiJson job, Leg leg) {
        String name = job.string("name").orElse("");
        return Arrays.asList(name.split("[^A-Za-z0-9_.-]+")).contains(leg.id());
    }

    /** Refuses a build that ended before it had any job; its message is then about the file. */
    private void requireNotEnded(Build found, ApiJson answer) throws ActionNeededException {
        if (!AppVeyorState.stage(answer.string("status").orElse("")).isFinal()) {
            return;
        }
        String why = answer.list("messages").stream()
                .flatMap(message -> message.string("message").stream())
                .collect(Collectors.joining("; "));
        throw new ActionNeededException("AppVeyor refused to build the branch '" + start.branch() + "' of "
                + project.repository() + ": " + (why.isEmpty() ? "no reason given" : why.replaceFirst("\\.$", ""))
                + ". See " + site.buildPage(project, found.id()) + ".");
    }

    private WorkFailedException otherBuild(Build found, String why) {
        return new WorkFailedException("AppVeyor read something else than this run's appveyor.yml: its build "
                + site.buildPage(project, found.id()) + " " + why + ". Check that no other configuration is set at "
                + site.settingsPage(project) + ".");
    }

    @Override
    public Optional<JobLog> log(CiJob job) throws CrossCompileException, InterruptedException {
        HttpReply answer = api.retry(
                "read the log of " + job.leg().id(),
                () -> api.get("/buildjobs/" + AppVeyorProjectData.encoded(job.id()) + "/log"));
        return answer.succeeded() && !answer.body().isBlank()
                ? Optional.of(new JobLog(answer.body()))
                : Optional.empty();
    }

    @Override
    protected void cancel() throws CrossCompileException, InterruptedException {
        Optional<Build> found = build == null ? findQuietly() : Optional.of(build);
        if (found.isPresent()) {
            cancel(found.get());
        }
    }

    private Optional<Build> findQuietly() throws CrossCompileException, InterruptedException {
        try {
            return find();
        } catch (ServiceBusyException e) {
            throw new WorkFailedException(
                    "Whether AppVeyor has begun a build for the branch '" + start.branch()
                            + "' could not be found out: it " + e.getMessage() + ". If there is one at "
                            + site.projectPage(project) + ", cancel it.",
                    e);
        }
    }

    private void cancel(Build found) throws CrossCompileException, InterruptedException {
        String left = "The build " + site.buildPage(project, found.id())
                + " could not be cancelled and may still run: AppVeyor ";
        String path = "/builds/" + project.path() + "/" + AppVeyorProjectData.encoded(found.version());
        try {
            HttpReply answer = api.attempt(() -> api.delete(path));
            // The API does not document its answer for a build that has ended by itself.
            if (!answer.succeeded() && !api.attempt(() -> hasEnded(found))) {
                throw new WorkFailedException(left + "answered " + ApiJson.reason(answer) + ". Cancel it there.");
            }
        } catch (ServiceBusyException e) {
            throw new WorkFailedException(left + e.getMessage() + ". Cancel it there.", e);
        }
    }

    private boolean hasEnded(Build found) throws WorkFailedException, ServiceBusyException, InterruptedException {
        return AppVeyorState.stage(read(found).string("status").orElse("")).isFinal();
    }
}

package io.github.traviscompile.standin;

import io.github.traviscompile.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * All that a hosted build needs outside of this machine, without a tunnel: GitHub with one private repository, and Travis
 * CI and AppVeyor, which GitHub tells of what happens there and whose machines build for real. Whoever started it closes
 * it, which ends all jobs and fails if GitHub was spoken to otherwise than it describes.
 */
public final class Cloud implements AutoCloseable {

    /** The repository, at GitHub and at Travis CI. */
    public static final String SLUG = "alice/builds";

    /** What a token of GitHub's looks like; it may do all that a run needs. */
    public static final StandInToken GITHUB_TOKEN = StandInToken.fineGrained(
            "github_pat_of_the_stand_in_cloud",
            StandInToken.Right.READ,
            StandInToken.Right.PUSH,
            StandInToken.Right.PULL_REQUESTS,
            StandInToken.Right.WORKFLOWS,
            StandInToken.Right.ACTIONS);

    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final Path directory;
    private final GitHubStandIn github;
    private final StandInRepository repository;
    private final TravisStandIn travis;
    private final TravisRepositoryStandIn builds;
    private final AppVeyorStandIn appveyor;
    private final AppVeyorProjectStandIn appveyorProject;
    private TravisMachines machines;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Cloud(Path directory, GitHubStandIn github, TravisStandIn travis, AppVeyorStandIn appveyor)
            throws Exception {
        this.directory = directory;
        this.github = github;
        this.travis = travis;
        this.appveyor = appveyor;
        github.add(GITHUB_TOKEN);
        repository = github.add(SLUG, true).withReadme();
        builds = travis.repository(SLUG);
        machines = TravisImages.machines(directory.resolve("images"), SILENCE);
        // With a suffix, as the service adds it to slugs that are taken.
        appveyorProject = appveyor.project("builds-335", SLUG);
        use(machines);
        github.tell(this::tellAll);
    }

    /** Starts it on free ports, with everything below {@code directory}, which need not exist. */
    public static Cloud start(Path directory) throws Exception {
        return start(directory, InstantSource.system());
    }

    /**
     * The same with a clock of its own.
     *
     * @param clock GitHub's
     */
    public static Cloud start(Path directory, InstantSource clock) throws Exception {
        GitHubStandIn github = GitHubStandIn.start(Files.createDirectories(directory.resolve("github")), clock);
        TravisStandIn travis = new TravisStandIn(Files.createDirectories(directory.resolve("travis")));
        AppVeyorStandIn appveyor = new AppVeyorStandIn(Files.createDirectories(directory.resolve("appveyor")));
        return new Cloud(directory, github, travis, appveyor);
    }

    private void tellAll(GitHubEvent event) {
        tellTravis(event);
        tellAppVeyor(event);
    }

    private void tellAppVeyor(GitHubEvent event) {
        String origin = event.repository().directory().toString();
        if (event.pullRequest().isPresent()) {
            appveyorProject.pullRequest(
                    origin,
                    StandInRepository.MAIN,
                    event.commit(),
                    event.pullRequest().getAsInt());
        } else {
            appveyorProject.push(origin, event.branch(), event.commit());
        }
    }

    private void tellTravis(GitHubEvent event) {
        String origin = event.repository().directory().toString();
        if (event.pullRequest().isPresent()) {
            builds.pullRequest(
                    origin, event.branch(), event.commit(), event.pullRequest().getAsInt());
        } else {
            builds.push(origin, event.branch(), event.commit());
        }
    }

    /** From now on GitHub tells Travis CI nothing, so that no build starts. */
    public void travisHearsNothing() {
        github.tell(this::tellAppVeyor);
    }

    /** From now on GitHub tells AppVeyor nothing, so that no build starts. */
    public void appveyorHearsNothing() {
        github.tell(this::tellTravis);
    }

    /** From now on jobs wait for machines without end. */
    public void jobsGetNoMachines() {
        builds.noMachines();
        appveyorProject.noMachines();
    }

    /**
     * From now on machines note every call of a program that the legs' script makes, with all its words.
     *
     * @return the file that they are noted in
     */
    public Path recordCalls(String script) throws IOException {
        Path calls = directory.resolve("calls");
        use(TravisImages.recording(machines, directory.resolve("recorders"), script, calls));
        return calls;
    }

    /** Gives the jobs of machines a variable. */
    public void variable(String name, String value) {
        Map<String, String> environment = new TreeMap<>(machines.environment());
        environment.put(name, value);
        use(new TravisMachines(machines.tools(), environment, machines.silence()));
    }

    private void use(TravisMachines others) {
        machines = others;
        builds.machines(others);
        appveyorProject.machines(others);
        github.actions().machines(others);
    }

    /**
     * Puts a program onto the machines of a system, before those of its name that they have.
     *
     * @param system {@code linux} or {@code osx}
     */
    public void tool(String system, String name, String... lines) throws IOException {
        TravisImages.tool(directory.resolve("images").resolve(system), name, lines);
    }

    /** From now on a job that says nothing for so long is killed; two minutes before. */
    public void killAfter(Duration silence) {
        use(new TravisMachines(machines.tools(), machines.environment(), silence));
    }

    public GitHubStandIn github() {
        return github;
    }

    /** The repository at GitHub. */
    public StandInRepository repository() {
        return repository;
    }

    public TravisStandIn travis() {
        return travis;
    }

    /** The repository at Travis CI. */
    public TravisRepositoryStandIn builds() {
        return builds;
    }

    public AppVeyorStandIn appveyor() {
        return appveyor;
    }

    /** The project at AppVeyor. */
    public AppVeyorProjectStandIn appveyorProject() {
        return appveyorProject;
    }

    /** For the parameter {@code githubApiUrl}. */
    public URI githubApi() {
        return github.api();
    }

    /** For the parameter {@code githubWebUrl}. */
    public URI githubWeb() {
        return github.web();
    }

    /** For the parameter {@code travisApiUrl}. */
    public URI travisApi() {
        return travis.uri();
    }

    /** For the parameter {@code appveyorApiUrl}. */
    public URI appveyorApi() {
        return appveyor.uri();
    }

    public Secret githubToken() {
        return Secret.of(GITHUB_TOKEN.value());
    }

    public Secret travisToken() {
        return Secret.of(travis.token());
    }

    public Secret appveyorToken() {
        return Secret.of(appveyor.token());
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        travis.close();
        appveyor.close();
        github.actions().close();
        try {
            // A job that is about to die may still write to its disk.
            builds.awaitIdle(ENDING);
            appveyorProject.awaitIdle(ENDING);
            github.actions().awaitIdle(ENDING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        github.close();
    }
}

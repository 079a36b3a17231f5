package io.github.traviscompile.ci.actions;

import io.github.traviscompile.ci.ApiJson;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.github.GitHubApi;
import io.github.traviscompile.http.HttpCaller;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.RetryPolicy;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The artifacts of one push at GitHub, each with its leg's name (docs.github.com, "REST API endpoints for GitHub
 * Actions artifacts"). GitHub's statements on them are as untrusted as their content. One thread uses it at a time.
 */
public final class RunArtifacts {

    /** The most looks for an artifact that GitHub is about to list. */
    private static final int LOOKS = 5;

    private static final int ATTEMPTS = 4;

    /** More than an archive's overhead for each of its entries. */
    private static final long PER_ENTRY = 4 << 10;

    private final GitHubApi api;
    private final ActionsSite site;
    private final WorkflowRuns runs;
    private final RepositoryName repository;
    private final PushedCommit start;

    RunArtifacts(GitHubApi api, ActionsSite site, RepositoryName repository, PushedCommit start) {
        this.api = api;
        this.site = site;
        this.runs = new WorkflowRuns(api, repository);
        this.repository = repository;
        this.start = start;
    }

    /** @param digest of its archive; empty if GitHub gives none */
    private record Artifact(long id, String name, long size, Optional<String> digest, boolean expired) {}

    /**
     * A file that a leg has to deliver.
     *
     * @param to its place on this machine
     * @param maxBytes its largest accepted size
     */
    public record Wanted(Path to, long maxBytes) {}

    /** A file from a leg's artifact. */
    public record Taken(long size, Sha256 sha256) {}

    /**
     * Downloads and extracts the artifact of {@code leg}.
     *
     * @param archive the place of the downloaded archive, which is overwritten
     * @param wanted by their names in the archive, which must hold exactly these
     * @throws IOException if a file cannot be written
     * @throws WorkFailedException if there is no artifact, it is too large, differs from GitHub's statements, or
     *     holds something else
     */
    public Map<String, Taken> bring(Leg leg, Path archive, Map<String, Wanted> wanted)
            throws IOException, WorkFailedException, InterruptedException {
        long maxBytes = wanted.values().stream()
                .mapToLong(each -> each.maxBytes() + PER_ENTRY)
                .sum();
        download(leg, archive, maxBytes);
        return new ArtifactZip(archive, leg).take(wanted);
    }

    /** @param maxBytes the largest accepted size of the archive */
    void download(Leg leg, Path file, long maxBytes) throws WorkFailedException, InterruptedException {
        Artifact artifact = find(leg);
        if (artifact.expired()) {
            throw failure(leg, "has expired or was deleted");
        }
        if (artifact.size() > maxBytes) {
            throw failure(leg, "has " + artifact.size() + " bytes, more than the " + maxBytes + " that are taken");
        }
        fetch(artifact, leg, file, maxBytes);
        requireDigest(artifact, leg, file);
    }

    private Artifact find(Leg leg) throws WorkFailedException, InterruptedException {
        RetryPolicy.Retries looks = looks(LOOKS);
        while (true) {
            List<Artifact> found = list(Set.of(leg.id()));
            if (found.size() > 1) {
                throw failure(leg, "is there " + found.size() + " times, so that nobody knows which is the leg's");
            }
            if (found.size() == 1) {
                return found.get(0);
            }
            if (!looks.again()) {
                throw failure(leg, "is not there");
            }
        }
    }

    private RetryPolicy.Retries looks(int most) {
        return api.http().settings().begin(api.timeouts().looks(most));
    }

    /** Lists the run's artifacts with one of {@code names}. */
    private List<Artifact> list(Set<String> names) throws WorkFailedException, InterruptedException {
        return api.retry("list the artifacts of the run", () -> {
            List<Artifact> found = new ArrayList<>();
            Optional<WorkflowRuns.WorkflowRun> run = runs.of(start).stream().findFirst();
            if (run.isPresent()) {
                String path = "/repos/" + repository + "/actions/runs/"
                        + run.get().id() + "/artifacts?per_page=100"
                        + (names.size() == 1 ? "&name=" + names.iterator().next() : "");
                ApiJson.of(api.get(path)).list("artifacts").stream()
                        .filter(json -> isOf(run.get(), json))
                        .map(RunArtifacts::artifact)
                        .filter(artifact -> names.contains(artifact.name()))
                        .forEach(found::add);
            }
            return found;
        });
    }

    private boolean isOf(WorkflowRuns.WorkflowRun run, ApiJson artifact) {
        Optional<ApiJson> origin = artifact.member("workflow_run");
        return origin.flatMap(its -> its.number("id")).equals(Optional.of(run.id()))
                && origin.flatMap(its -> its.string("head_sha")).equals(Optional.of(start.commit()));
    }

    private static Artifact artifact(ApiJson json) {
        return new Artifact(
                json.number("id").orElse(0L),
                json.string("name").orElse(""),
                json.number("size_in_bytes").orElse(0L),
                json.string("digest").filter(digest -> digest.startsWith("sha256:")),
                json.flag("expired").orElse(false));
    }

    /** Downloads an artifact. GitHub's address for it is valid for a minute, so each attempt requests a new one. */
    private void fetch(Artifact artifact, Leg leg, Path file, long maxBytes)
            throws WorkFailedException, InterruptedException {
        String path = "/repos/" + repository + "/actions/artifacts/" + artifact.id() + "/zip";
        RetryPolicy.Retries retries = looks(ATTEMPTS);
        while (true) {
            try {
                HttpReply answer = api.retry("ask for the artifact of " + leg.id(), () -> api.get(path));
                URI target = GitHubApi.redirect(answer)
                        .orElseThrow(() -> failure(leg, "is not given out (" + ApiJson.reason(answer) + ")"));
                api.http().download(target, file, maxBytes);
                return;
            } catch (ServiceBusyException e) {
                if (!retries.again()) {
                    String what = "could not be downloaded in " + ATTEMPTS + " attempts: its store " + e.getMessage();
                    throw new WorkFailedException(words(leg, what), e);
                }
            } catch (HttpCaller.TooLargeException e) {
                throw failure(leg, "is larger than GitHub says, and than the " + maxBytes + " bytes that are taken");
            } catch (IOException e) {
                throw WorkFailedException.of(
                        "The artifact of " + leg.id() + " cannot be written to '" + file + "'",
                        e,
                        "Make it writable or free space there.");
            }
        }
    }

    private void requireDigest(Artifact artifact, Leg leg, Path file) throws WorkFailedException {
        if (artifact.digest().isEmpty()) {
            return;
        }
        try {
            String arrived = "sha256:" + Sha256.of(file);
            if (!arrived.equals(artifact.digest().get())) {
                throw failure(
                        leg,
                        "arrived as " + arrived + ", and GitHub says that it is "
                                + artifact.digest().get());
            }
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "The artifact of " + leg.id() + " in '" + file + "' cannot be read", e, "Try again.");
        }
    }

    /**
     * Deletes the artifacts of {@code legs} that exist, since their storage costs.
     *
     * @throws WorkFailedException if an artifact remains, which GitHub deletes after a day
     */
    public void delete(List<Leg> legs) throws WorkFailedException, InterruptedException {
        List<String> left = new ArrayList<>();
        for (Artifact artifact : list(legs.stream().map(Leg::id).collect(Collectors.toSet()))) {
            if (artifact.expired()) {
                continue;
            }
            String path = "/repos/" + repository + "/actions/artifacts/" + artifact.id();
            HttpReply answer = api.retry("delete the artifact " + artifact.name(), () -> api.delete(path));
            if (!answer.succeeded() && answer.status() != 404) {
                left.add(artifact.name() + " (" + ApiJson.reason(answer) + ")");
            }
        }
        if (!left.isEmpty()) {
            throw new WorkFailedException("GitHub keeps artifacts of the run until they expire in a day: "
                    + String.join(", ", left) + ". Delete them at " + site.actionsPage(repository)
                    + ", or give the token the permission 'Actions', read and write.");
        }
    }

    private static WorkFailedException failure(Leg leg, String what) {
        return new WorkFailedException(words(leg, what));
    }

    /** @param what of the artifact, without a full stop */
    static String words(Leg leg, String what) {
        return leg.id() + " could not deliver: the artifact that it left at GitHub " + what
                + ". Run the goal again, for which finished legs are kept, or set " + Parameter.DELIVERY.setTo("tunnel")
                + ".";
    }
}

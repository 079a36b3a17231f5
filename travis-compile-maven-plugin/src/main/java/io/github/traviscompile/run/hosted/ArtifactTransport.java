package io.github.traviscompile.run.hosted;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.ci.JobLog;
import io.github.traviscompile.ci.KeyedLeg;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.LegExit;
import io.github.traviscompile.ci.LegFiles;
import io.github.traviscompile.ci.actions.ActionsProject;
import io.github.traviscompile.ci.actions.RunArtifacts;
import io.github.traviscompile.ci.actions.RunArtifacts.Taken;
import io.github.traviscompile.ci.actions.RunArtifacts.Wanted;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.LegPhase;
import io.github.traviscompile.run.legs.ReceivedOutputs;
import io.github.traviscompile.run.legs.WorkDirectory;
import io.github.traviscompile.upload.FieldLines;
import io.github.traviscompile.upload.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Downloads the files that legs leave at GitHub as artifacts of their run, one after the other. Nothing listens on this
 * machine. A leg has no key, so only the log of its job vouches for a file.
 */
final class ArtifactTransport implements Transport {

    private static final long DETAILS_MAX_BYTES = 64 << 10;

    private static final long LEAVING_SECONDS = 5;

    private final RunId run;
    private final List<Leg> legs;
    private final ActionsProject project;
    private final Path directory;
    private final EventPublisher listener;
    private final ReceivedOutputs received;

    /** Of the thread that downloads. */
    private Optional<RunArtifacts> artifacts = Optional.empty();

    private final ExecutorService downloads = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "travis-compile-artifacts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param part all hosted legs of the run */
    ArtifactTransport(RunId run, HostedLegs part, WorkDirectory work, EventPublisher listener, InstantSource clock) {
        this.run = run;
        this.legs = part.legs();
        this.project = (ActionsProject) part.project();
        this.directory = work.artifacts();
        this.listener = listener;
        this.received = new ReceivedOutputs(part.legs(), listener, clock);
    }

    /** GitHub is where everything else comes from, too. */
    @Override
    public void requireReachable() {}

    @Override
    public KeyedLeg told(Leg leg) {
        return new KeyedLeg(leg, Optional.empty(), Optional.empty());
    }

    @Override
    public List<CompletionStage<CrossCompileException>> fatalFailures() {
        return List.of();
    }

    @Override
    public CompletableFuture<LegEnd> end(Leg leg, CompletableFuture<LegEnd> job, Supplier<String> whereToLook) {
        return job.thenApplyAsync(this::bring, downloads);
    }

    private LegEnd bring(LegEnd end) {
        if (end.exit() != LegExit.DONE) {
            return end;
        }
        try {
            bring(end.leg(), end);
            return end;
        } catch (CrossCompileException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private void bring(Leg leg, LegEnd end) throws CrossCompileException, InterruptedException {
        JobLog log = end.jobLog().orElseThrow(() -> refused(leg, "its job shows no log", end));
        listener.moved(leg, LegPhase.UPLOADING);
        Path folder = directory.resolve(leg.id());
        Path archive = directory.resolve(leg.id() + ".zip");
        Path self = directory.resolve(leg.id() + ".details");
        try {
            Files.createDirectories(folder);
            Map<String, Taken> taken = artifacts().bring(leg, archive, wanted(leg, folder, self));
            for (Map.Entry<String, Taken> entry : taken.entrySet()) {
                require(log, end, entry.getKey(), entry.getValue());
            }
            SortedMap<String, String> details = details(leg, self, end);
            for (Output output : leg.outputs()) {
                Taken file = Objects.requireNonNull(taken.get(output.id()));
                received.accept(new UploadEvent.Committed(
                        leg.id(), output, folder.resolve(output.fileName()), file.size(), file.sha256(), details));
            }
            Files.delete(archive);
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "What " + leg.id() + " delivered cannot be kept in '" + directory + "'",
                    e,
                    "Make it writable or free space there.");
        }
    }

    private static Map<String, Wanted> wanted(Leg leg, Path folder, Path details) {
        Map<String, Wanted> wanted = new TreeMap<>();
        wanted.put(LegFiles.DETAILS, new Wanted(details, DETAILS_MAX_BYTES));
        for (Output output : leg.outputs()) {
            wanted.put(output.id(), new Wanted(folder.resolve(output.fileName()), output.maxBytes()));
        }
        return wanted;
    }

    private RunArtifacts artifacts() {
        artifacts = artifacts.or(project::artifacts);
        return artifacts.orElseThrow();
    }

    private void require(JobLog log, LegEnd end, String name, Taken file) throws WorkFailedException {
        switch (log.verdict(run, end.leg(), name, file.sha256(), file.size())) {
            case CONFIRMED -> {}
            case SILENT -> throw refused(end.leg(), "its log does not name the digest of " + name, end);
            case CONTRADICTED ->
                throw refused(
                        end.leg(),
                        "its log names another content of " + name + " than the one that GitHub kept, so that somebody"
                                + " else may have put it there",
                        end);
        }
    }

    private static SortedMap<String, String> details(Leg leg, Path file, LegEnd end)
            throws IOException, WorkFailedException {
        return FieldLines.parse(
                        new String(Files.readAllBytes(file), UTF_8).lines().toList())
                .orElseThrow(() -> refused(leg, "what it says of itself is not understood", end));
    }

    private static WorkFailedException refused(Leg leg, String why, LegEnd end) {
        return new WorkFailedException(leg.id() + " cannot be trusted: " + why + ". " + end.whereToLook());
    }

    @Override
    public ReceivedOutputs outputs() {
        return received;
    }

    /** Ends downloads, and has GitHub delete what it kept; what stays is a warning, since it expires by itself. */
    @Override
    public void close() {
        // An interrupted thread must end its downloads, too.
        boolean interrupted = Thread.interrupted();
        downloads.shutdownNow();
        try {
            downloads.awaitTermination(LEAVING_SECONDS, TimeUnit.SECONDS);
            Optional<RunArtifacts> left = project.artifacts();
            if (left.isPresent()) {
                left.get().delete(legs);
            }
        } catch (CrossCompileException e) {
            listener.warning(e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

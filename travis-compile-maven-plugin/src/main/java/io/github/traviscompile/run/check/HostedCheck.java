package io.github.traviscompile.run.check;

import io.github.traviscompile.github.GitHubRepository;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.TransportKind;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.hosted.Readiness;
import io.github.traviscompile.run.hosted.RemoteContext;
import io.github.traviscompile.run.hosted.TunnelOpening;
import io.github.traviscompile.run.hosted.TunnelTransport;
import io.github.traviscompile.run.legs.UploadSession;
import io.github.traviscompile.run.legs.WorkDirectory;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.run.remote.BuildRepository;
import io.github.traviscompile.upload.HandshakeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.plexus.util.FileUtils;

/**
 * Checks the prerequisites of a plan's hosted legs: the repository, the services and the transport. Changes nothing
 * there.
 */
final class HostedCheck {

    /** The limit for all waits for a busy GitHub; short, because the user waits. */
    private static final Duration GITHUB = Duration.ofMinutes(2);

    private final CrossCompileRequest request;
    private final CrossCompileRequest.Hosting hosting;
    private final Plan plan;
    private final RemoteContext outside;
    private final EventPublisher listener;
    private final InstantSource clock;
    private final CheckCollector findings;

    HostedCheck(
            CrossCompileRequest request,
            Plan plan,
            RemoteContext outside,
            EventPublisher listener,
            InstantSource clock,
            CheckCollector findings) {
        this.request = request;
        this.hosting = request.hosting();
        this.plan = plan;
        this.outside = outside;
        this.listener = listener;
        this.clock = clock;
        this.findings = findings;
    }

    /**
     * Checks the prerequisites and adds the findings.
     *
     * @param tunnelReady the longest time until the tunnel's address leads here
     */
    void look(Duration tunnelReady) throws InterruptedException {
        if (request.running().offline()) {
            findings.remark(
                    "hosted machines",
                    "Maven was told to work offline (-o), so neither GitHub nor the services nor a tunnel were asked.");
            return;
        }
        Set<Service> possible = plan.transport().services();
        if (!repository()) {
            // These services use GitHub's token, and a finding on GitHub exists already.
            possible.removeIf(service ->
                    CiProviders.is(service, provider -> provider.token().isEmpty()));
        }
        services(possible);
        if (isByTunnel()) {
            findings.ask("tunnel", () -> tunnel(tunnelReady));
        } else {
            findings.ready("delivery", plan.transport().inWords().replaceFirst("\\.?$", "."));
        }
    }

    private boolean isByTunnel() {
        return plan.transport().kind() == TransportKind.TUNNEL;
    }

    /** Returns whether the token and the repository are there, and adds all findings on them. */
    private boolean repository() throws InterruptedException {
        Optional<Secret> token =
                findings.find("GitHub token", () -> outside.credentials().github(), any -> "is there.");
        if (token.isEmpty()) {
            return false;
        }
        RepositoryName slug = request.where().repository().orElseThrow();
        Optional<BuildRepository> opened = findings.find(
                "GitHub repository",
                () -> BuildRepository.open(
                        slug, hosting.services(), token.get(), GITHUB, listener, outside.http(clock)),
                any -> slug + " is there, and GitHub accepts the token for it.");
        if (opened.isEmpty()) {
            return false;
        }
        BuildRepository carrier = opened.get();
        GitHubRepository repository = carrier.repository();
        findings.ask("right to push", () -> {
            repository.requireWriting();
            return "the token's owner may push to " + slug
                    + (repository.reportsScopes()
                            ? ", and so may the token."
                            : "; what a fine-grained token itself may do, GitHub does not tell before it is used.");
        });
        repository.warnings().forEach(warning -> findings.remark("GitHub token", warning));
        findings.ask("first commit", () -> {
            carrier.branches().requireBase(repository.defaultBranch());
            return "the branch '" + repository.defaultBranch() + "' of " + slug + " is there to start from.";
        });
        findings.ask("privacy", () -> {
            carrier.requireMayHold(plan.snapshot().root(), hosting.services().githubWeb(), hosting.acceptPublic());
            return repository.isPublic()
                    ? slug + " is public, which is accepted, or the project is public itself."
                    : slug + " is private.";
        });
        return true;
    }

    private void services(Set<Service> possible) throws InterruptedException {
        Optional<HandshakeKey> helloKey = isByTunnel() ? Optional.of(HandshakeKey.random()) : Optional.empty();
        Readiness readiness =
                new Readiness(outside.services(request, helloKey, clock), plan.routing(), possible, listener);
        List<Leg> legs =
                plan.legs().stream().filter(leg -> !leg.service().isLocal()).toList();
        Map<Service, Optional<CrossCompileException>> asked = readiness.ask(legs);
        Set<Service> ready = asked.entrySet().stream()
                .filter(answer -> answer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        asked.forEach((service, refusal) -> {
            List<Leg> concerned = legs.stream()
                    .filter(leg -> readiness.candidates(leg).contains(service))
                    .toList();
            boolean dispensable =
                    concerned.stream().noneMatch(leg -> Collections.disjoint(readiness.candidates(leg), ready));
            if (refusal.isEmpty()) {
                findings.ready(
                        service.title(),
                        "is ready for " + concerned.stream().map(Leg::id).collect(Collectors.joining(", ")) + ".");
            } else if (dispensable) {
                findings.remark(
                        service.title(), refusal.get().getMessage() + " Until then others compile what it would have.");
            } else {
                findings.refused(service.title(), refusal.get());
            }
        });
    }

    /** Opens an endpoint without legs and the tunnel to it, sends a request through the tunnel, and closes both. */
    private String tunnel(Duration within) throws CrossCompileException, InterruptedException {
        TunnelOpening opening = outside.tunnel(request);
        Path directory = temporaryDirectory();
        try (WorkDirectory work = WorkDirectory.open(directory, listener)) {
            UploadSession reception = UploadSession.open(
                    RunId.random(new SecureRandom()), List.of(), opening.port(), work, listener, clock);
            Instant start = clock.instant();
            try (TunnelTransport transport = TunnelTransport.open(reception, opening)) {
                Instant opened = clock.instant();
                reception.selfTest(transport.tunnel().publicUri(), within);
                return "opened after " + Duration.between(start, opened).toMillis()
                        + " ms; what was sent to its public address came through to this machine, and the answer back, in "
                        + Duration.between(opened, clock.instant()).toMillis() + " ms.";
            }
        } finally {
            remove(directory);
        }
    }

    private static Path temporaryDirectory() throws WorkFailedException {
        try {
            return Files.createTempDirectory("travis-compile-check");
        } catch (IOException e) {
            throw WorkFailedException.of(
                    "A directory for the endpoint cannot be made",
                    e,
                    "Make the directory for temporary files writable.");
        }
    }

    private void remove(Path directory) {
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            findings.remark(
                    "tunnel", "The temporary directory " + directory + " cannot be removed: " + e.getMessage() + ".");
        }
    }
}

package io.github.traviscompile.run.check;

import io.github.traviscompile.ci.local.LocalRunner;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotListing;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.CheckResult;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.api.RunListener;
import io.github.traviscompile.run.hosted.RemoteContext;
import io.github.traviscompile.run.hosted.TunnelTransport;
import io.github.traviscompile.run.plan.Plan;
import io.github.traviscompile.run.plan.SystemCrates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Checks the prerequisites of a run with the run's own code. It compiles, pushes and changes nothing anywhere. A
 * missing prerequisite does not end the checks that are independent of it.
 */
public final class Check {

    private final RunListener audience;
    private final Consumer<CheckResult> told;
    private final InstantSource clock;
    private final RemoteContext outside;
    private final Duration tunnelReady;

    /**
     * Creates the check without looking at anything.
     *
     * @param audience receives the events of waiting
     * @param told receives each finding at once
     */
    public Check(
            RunListener audience,
            Consumer<CheckResult> told,
            InstantSource clock,
            Credentials credentials,
            ArtifactSource artifacts) {
        this(audience, told, clock, new RemoteContext(credentials, artifacts), TunnelTransport.READY);
    }

    /**
     * Creates the check without looking at anything.
     *
     * @param tunnelReady the longest time until the tunnel's address leads here
     */
    public Check(
            RunListener audience,
            Consumer<CheckResult> told,
            InstantSource clock,
            RemoteContext outside,
            Duration tunnelReady) {
        this.audience = audience;
        this.told = told;
        this.clock = clock;
        this.outside = outside;
        this.tunnelReady = tunnelReady;
    }

    /**
     * Checks the prerequisites of a run of {@code request}.
     *
     * @return the findings, in the order of their reports
     */
    public List<CheckResult> of(CrossCompileRequest request) throws InterruptedException {
        CheckCollector findings = new CheckCollector(told);
        Plan plan;
        try {
            plan = Plan.of(request);
            request.promises().requirements();
        } catch (CrossCompileException e) {
            // Every other check needs a plan of the project.
            findings.refused("project", e);
            return findings.all();
        }
        project(plan, findings);
        if (plan.legs().stream().anyMatch(leg -> leg.service().isLocal())) {
            here(request, plan, findings);
        }
        if (plan.legs().stream().anyMatch(leg -> !leg.service().isLocal())) {
            new HostedCheck(request, plan, outside, new EventPublisher(audience, clock), clock, findings)
                    .look(tunnelReady);
        }
        return findings.all();
    }

    private static void project(Plan plan, CheckCollector findings) throws InterruptedException {
        findings.ready(
                "project",
                plan.packages().stream()
                                .map(each -> each.name() + " " + each.version())
                                .collect(Collectors.joining(", "))
                        + " for "
                        + plan.legs().stream()
                                .map(leg -> leg.id() + " (" + leg.service() + ")")
                                .collect(Collectors.joining(", "))
                        + ".");
        plan.warnings().forEach(warning -> findings.remark("project", warning));
        findings.ask("snapshot", () -> {
            SnapshotListing listing = Snapshot.list(plan.snapshot());
            listing.warnings().forEach(warning -> findings.remark("snapshot", warning));
            listing.requireNoSecrets();
            return listing.files().size() + " files, " + listing.bytes() + " bytes, none of which looks like a secret.";
        });
        systemCrates(plan, findings);
    }

    private static void systemCrates(Plan plan, CheckCollector findings) {
        try {
            SystemCrates.warning(plan).ifPresent(warning -> findings.remark("Cargo.lock", warning));
        } catch (CrossCompileException e) {
            findings.refused("Cargo.lock", e);
        }
    }

    private static void here(CrossCompileRequest request, Plan plan, CheckCollector findings)
            throws InterruptedException {
        Map<String, String> environment = request.host().environment();
        for (String tool : LocalRunner.TOOLS) {
            findings.ask(tool, () -> LocalRunner.requireTool(environment, tool) + ".");
        }
        Optional<LocalToolchain> found = findings.find(
                "Rust",
                () -> LocalToolchain.find(
                        environment, plan.project().root(), request.what().toolchain()),
                toolchain -> "rustc " + toolchain.release() + " at " + toolchain.rustc() + ", cargo at "
                        + toolchain.cargo() + ".");
        for (Leg leg : plan.legs()) {
            if (found.isPresent() && leg.service().isLocal()) {
                findings.ask(leg.id(), () -> {
                    Map<String, String> added = found.get()
                            .environmentFor(leg, environment, plan.project().root());
                    String linker = added.getOrDefault(leg.target().cargoVariable("LINKER"), "");
                    return "the standard library for " + leg.target() + " is there, and what links for it"
                            + (linker.isEmpty() ? "." : ": " + linker + ".");
                });
            }
        }
    }
}

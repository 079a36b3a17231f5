package io.github.traviscompile.run.check;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.ci.local.LocalService;
import io.github.traviscompile.ci.local.LocalToolchain;
import io.github.traviscompile.git.Snapshot;
import io.github.traviscompile.git.SnapshotListing;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.Announcer;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.BuildListener;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.api.Finding;
import io.github.traviscompile.run.hosted.Outside;
import io.github.traviscompile.run.hosted.TunnelHandover;
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
 * Looks at everything that a run relies on, as the run itself would, and does nothing else: nothing is compiled, pushed or
 * changed anywhere. What does not depend on another thing is looked at even when that is missing.
 */
public final class CheckUp {

    private final BuildListener audience;
    private final Consumer<Finding> told;
    private final InstantSource clock;
    private final Outside outside;
    private final Duration tunnelReady;

    /**
     * Looks at nothing yet.
     *
     * @param audience hears what is waited for
     * @param told hears each finding as soon as there is one
     */
    public CheckUp(
            BuildListener audience,
            Consumer<Finding> told,
            InstantSource clock,
            Credentials credentials,
            ArtifactSource artifacts) {
        this(audience, told, clock, new Outside(credentials, artifacts, ApiPatience.DEFAULT), TunnelHandover.READY);
    }

    /** @param tunnelReady how long the tunnel's address may take until it leads here */
    public CheckUp(
            BuildListener audience,
            Consumer<Finding> told,
            InstantSource clock,
            Outside outside,
            Duration tunnelReady) {
        this.audience = audience;
        this.told = told;
        this.clock = clock;
        this.outside = outside;
        this.tunnelReady = tunnelReady;
    }

    /**
     * Looks at all that a run of {@code request} would need.
     *
     * @return what was found, in the order in which it was told
     */
    public List<Finding> of(CrossCompileRequest request) throws InterruptedException {
        Findings findings = new Findings(told);
        Plan plan;
        try {
            plan = Plan.of(request);
            request.promises().requirements();
        } catch (CrossCompileException e) {
            // Nothing else can be asked of a project that is none.
            findings.refused("project", e);
            return findings.all();
        }
        project(plan, findings);
        if (plan.legs().stream().anyMatch(leg -> leg.service() == Service.LOCAL)) {
            here(request, plan, findings);
        }
        if (plan.legs().stream().anyMatch(leg -> leg.service() != Service.LOCAL)) {
            new HostedCheckUp(request, plan, outside, new Announcer(audience, clock), clock, findings)
                    .look(tunnelReady);
        }
        return findings.all();
    }

    private static void project(Plan plan, Findings findings) throws InterruptedException {
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

    private static void systemCrates(Plan plan, Findings findings) {
        try {
            SystemCrates.warning(plan).ifPresent(warning -> findings.remark("Cargo.lock", warning));
        } catch (CrossCompileException e) {
            findings.refused("Cargo.lock", e);
        }
    }

    private static void here(CrossCompileRequest request, Plan plan, Findings findings) throws InterruptedException {
        Map<String, String> environment = request.host().environment();
        for (String tool : LocalService.TOOLS) {
            findings.ask(tool, () -> LocalService.requireTool(environment, tool) + ".");
        }
        Optional<LocalToolchain> found = findings.find(
                "Rust",
                () -> LocalToolchain.find(
                        environment, plan.project().root(), request.what().toolchain()),
                toolchain -> "rustc " + toolchain.release() + " at " + toolchain.rustc() + ", cargo at "
                        + toolchain.cargo() + ".");
        for (Leg leg : plan.legs()) {
            if (found.isPresent() && leg.service() == Service.LOCAL) {
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

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiPoller;
import io.github.traviscompile.ci.CiTimeouts;
import io.github.traviscompile.ci.LegEnd;
import io.github.traviscompile.ci.PushedCommit;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.CrossCompileRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Follows what all hosted services of a run do with one push. Its maker closes it, which cancels unfinished builds. */
final class CiMonitor implements AutoCloseable {

    private final List<CiPoller> runs = new ArrayList<>();
    private final Map<Leg, CompletableFuture<LegEnd>> ends = new LinkedHashMap<>();
    private final Map<Leg, CiPoller> byLeg = new LinkedHashMap<>();

    private final CrossCompileRequest.Hosting hosting;
    private final CiTimeouts limits;
    private final HttpTimeouts timeouts;
    private final CiPoller.Listener listener;
    private final InstantSource clock;

    /** Follows nothing yet. */
    CiMonitor(
            CrossCompileRequest.Hosting hosting,
            CiTimeouts limits,
            HttpTimeouts timeouts,
            CiPoller.Listener listener,
            InstantSource clock) {
        this.hosting = hosting;
        this.limits = limits;
        this.timeouts = timeouts;
        this.listener = listener;
        this.clock = clock;
    }

    /** Follows what {@code start} leads to on the services of {@code parts}, too. */
    void begin(List<HostedLegs> parts, PushedCommit start) {
        for (HostedLegs part : parts) {
            CiPoller run = new CiPoller(
                    part.service().service().title(),
                    part.project().watch(start, part.legs(), limits),
                    part.legs(),
                    timeouts.betweenLooks(),
                    listener,
                    clock,
                    part.service().page());
            runs.add(run);
            part.legs().forEach(leg -> byLeg.put(leg, run));
            run.ends().forEach((leg, end) -> {
                CompletableFuture<LegEnd> either = end.copy();
                run.broken().thenAccept(failure -> either.completeExceptionally(namingOthers(failure, part)));
                ends.put(leg, either);
            });
        }
    }

    /**
     * For each leg, completes when its job has ended, however; with a {@link CrossCompileException} when its service cannot
     * be followed or will not begin.
     */
    Map<Leg, CompletableFuture<LegEnd>> ends() {
        return Collections.unmodifiableMap(ends);
    }

    /** Tells who else could compile what this service does not. */
    private CrossCompileException namingOthers(CrossCompileException failure, HostedLegs part) {
        List<String> others = CiProviders.ranked(part.legs().get(0).platform()).stream()
                .filter(other -> !other.equals(part.service().service())
                        && hosting.accounts().contains(other))
                .filter(other -> part.legs().stream().allMatch(leg -> compiles(other, leg)))
                .map(Service::id)
                .toList();
        if (others.isEmpty()) {
            return failure;
        }
        String message = failure.getMessage() + " Or set " + Parameter.CI + " to " + String.join(" or ", others)
                + ", and run again: finished legs are kept.";
        return failure instanceof ActionNeededException
                ? new ActionNeededException(message, failure)
                : new WorkFailedException(message, failure);
    }

    private boolean compiles(Service other, Leg leg) {
        try {
            return CiProviders.unsupportedReason(other, leg.platform(), hosting.settings())
                    .isEmpty();
        } catch (CrossCompileException e) {
            throw new IllegalStateException("The plan was made with other parameters.", e);
        }
    }

    /** A sentence that leads to what is known of the leg. */
    String whereToLook(Leg leg) {
        CiPoller run = byLeg.get(leg);
        return run == null ? "" : run.whereToLook(leg);
    }

    /** Returns the page of the leg's job; empty while there is none. */
    Optional<URI> page(Leg leg) {
        return Optional.ofNullable(byLeg.get(leg)).flatMap(run -> run.page(leg));
    }

    /** Closes all, even if one of them fails. */
    @Override
    public void close() throws CrossCompileException {
        List<CrossCompileException> failures = new ArrayList<>();
        for (CiPoller run : runs) {
            try {
                run.close();
            } catch (CrossCompileException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            CrossCompileException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }
}

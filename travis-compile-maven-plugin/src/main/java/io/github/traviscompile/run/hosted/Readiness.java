package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.model.WorkFailedException;
import io.github.traviscompile.run.api.CiProviders;
import io.github.traviscompile.run.api.EventPublisher;
import io.github.traviscompile.run.plan.CiServices;
import io.github.traviscompile.run.plan.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Asks services whether they are ready, each once. A leg whose service is not, or is down, goes to the next that may compile
 * it.
 */
public final class Readiness {

    private final CiServices services;
    private final Routing routing;
    private final Set<Service> possible;
    private final EventPublisher listener;
    private final Map<Service, HostedLegs> ready = new TreeMap<>(CiProviders.ORDER);
    private final Map<Service, CrossCompileException> refusals = new TreeMap<>(CiProviders.ORDER);

    /**
     * Sends no request yet.
     *
     * @param possible from which files can come to this machine
     */
    public Readiness(CiServices services, Routing routing, Set<Service> possible, EventPublisher listener) {
        this.services = services;
        this.routing = routing;
        this.possible = possible;
        this.listener = listener;
    }

    /**
     * Places {@code legs}, all of which are hosted, on services that are ready.
     *
     * @throws CrossCompileException if there is a leg that no service is ready for, with the reason of each
     */
    List<HostedLegs> of(List<Leg> legs) throws CrossCompileException, InterruptedException {
        Map<Service, List<Leg>> placed = new TreeMap<>(CiProviders.ORDER);
        List<Leg> unplaced = new ArrayList<>();
        for (Leg leg : legs) {
            Optional<Service> service = place(leg, legs);
            service.ifPresentOrElse(
                    found -> placed.computeIfAbsent(found, none -> new ArrayList<>())
                            .add(leg.on(found)),
                    () -> unplaced.add(leg));
        }
        if (!unplaced.isEmpty()) {
            throw notReady(unplaced);
        }
        return ready.values().stream()
                .map(part -> part.with(placed.getOrDefault(part.service().service(), List.of())))
                .filter(part -> !part.legs().isEmpty())
                .toList();
    }

    /**
     * Asks every service that may compile any of {@code legs}, whether it is needed or not.
     *
     * @return why each is not ready; empty for one that is
     */
    public Map<Service, Optional<CrossCompileException>> ask(List<Leg> legs) throws InterruptedException {
        Map<Service, Optional<CrossCompileException>> answers = new TreeMap<>(CiProviders.ORDER);
        for (Leg leg : legs) {
            for (Service service : candidates(leg)) {
                answers.put(service, refusal(service, legs));
            }
        }
        return answers;
    }

    private Optional<Service> place(Leg leg, List<Leg> legs) throws InterruptedException {
        List<String> passed = new ArrayList<>();
        for (Service service : candidates(leg)) {
            Optional<CrossCompileException> refusal = refusal(service, legs);
            if (refusal.isEmpty()) {
                if (!passed.isEmpty()) {
                    listener.info(leg.id() + " → " + service + ": " + String.join(" ", passed));
                }
                return Optional.of(service);
            }
            passed.add(refusal.get().getMessage());
        }
        return Optional.empty();
    }

    /** Why a service is not ready for those of {@code legs} that may come to it; empty if it is. */
    private Optional<CrossCompileException> refusal(Service service, List<Leg> legs) throws InterruptedException {
        if (!ready.containsKey(service) && !refusals.containsKey(service)) {
            List<Leg> concerned = legs.stream()
                    .filter(leg -> candidates(leg).contains(service))
                    .toList();
            try {
                CiService asked = services.of(service);
                ready.put(service, new HostedLegs(asked, asked.requireReady(concerned), concerned));
            } catch (CrossCompileException e) {
                refusals.put(service, e);
            }
        }
        return Optional.ofNullable(refusals.get(service));
    }

    /** Returns the services that may compile {@code leg}, in this order. */
    public List<Service> candidates(Leg leg) {
        return routing.candidates(leg).stream().filter(possible::contains).toList();
    }

    private CrossCompileException notReady(List<Leg> legs) {
        List<CrossCompileException> reasons = legs.stream()
                .flatMap(leg -> candidates(leg).stream())
                .distinct()
                .flatMap(service -> Optional.ofNullable(refusals.get(service)).stream())
                .toList();
        if (reasons.size() == 1) {
            return reasons.get(0);
        }
        String message = "No service that may compile "
                + legs.stream().map(Leg::id).collect(Collectors.joining(", ")) + " is ready:\n"
                + reasons.stream().map(CrossCompileException::getMessage).collect(Collectors.joining("\n"));
        return reasons.stream().anyMatch(ActionNeededException.class::isInstance)
                ? new ActionNeededException(message, reasons.get(0))
                : new WorkFailedException(message, reasons.get(0));
    }
}

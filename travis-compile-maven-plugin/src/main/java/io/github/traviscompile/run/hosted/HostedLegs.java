package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.ci.actions.ActionsProject;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.model.Service;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.upload.Handshake;
import io.github.traviscompile.upload.HandshakeKey;
import java.util.List;
import java.util.Optional;

/**
 * The part of a run that one hosted service compiles.
 *
 * @param project ready to be built there
 * @param legs at least one
 */
record HostedLegs(CiService service, CiProject project, List<Leg> legs) {

    HostedLegs {
        legs = List.copyOf(legs);
    }

    /** Other legs there. */
    HostedLegs with(List<Leg> others) {
        return new HostedLegs(service, project, others);
    }

    /** Whether the pull request makes the service build; for all but Travis CI the push does. */
    boolean byPullRequest(CrossCompileRequest.Hosting hosting) {
        return service.service() == Service.TRAVIS && hosting.pullRequest();
    }

    /** Why somebody who claimed to be the leg was not believed last; empty where nobody was refused. */
    Optional<String> lastObjection(Leg leg) {
        return actions().flatMap(actions -> actions.lastObjection(leg.id()));
    }

    /** The project at GitHub Actions, if it is that one. */
    Optional<ActionsProject> actions() {
        return project instanceof ActionsProject actions ? Optional.of(actions) : Optional.empty();
    }

    /** By what the endpoint lets in legs that make their keys themselves; empty where there are none. */
    static Optional<Handshake> hellos(List<HostedLegs> parts, Optional<HandshakeKey> key) {
        return parts.stream()
                .flatMap(part -> part.actions().stream())
                .findFirst()
                .flatMap(actions -> key.map(known -> new Handshake(known, actions::objection)));
    }
}

package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiProvider;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.model.Leg;
import io.github.traviscompile.run.api.CiProviders;
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

    private CiProvider provider() {
        return CiProviders.of(service.service());
    }

    /** Whether the pull request makes the service build; otherwise the push does. */
    boolean byPullRequest(CrossCompileRequest.Hosting hosting) {
        return provider().buildsPullRequests() && hosting.pullRequest();
    }

    /** By what the endpoint lets in legs that make their keys themselves; empty where there are none. */
    static Optional<Handshake> hellos(List<HostedLegs> parts, Optional<HandshakeKey> key) {
        return parts.stream()
                .filter(part -> part.provider().jobsHaveIdentity())
                .findFirst()
                .flatMap(part -> key.map(known -> new Handshake(known, part.project()::objection)));
    }
}

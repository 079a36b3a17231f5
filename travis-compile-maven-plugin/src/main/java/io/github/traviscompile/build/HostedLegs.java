package io.github.traviscompile.build;

import io.github.traviscompile.ci.CiProject;
import io.github.traviscompile.ci.CiService;
import io.github.traviscompile.platform.Leg;
import io.github.traviscompile.platform.Service;
import java.util.List;

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

    /** Whether the pull request makes the service build; for all but Travis CI the push does. */
    boolean byPullRequest(CrossCompileRequest.Hosting hosting) {
        return service.service() == Service.TRAVIS && hosting.pullRequest();
    }
}

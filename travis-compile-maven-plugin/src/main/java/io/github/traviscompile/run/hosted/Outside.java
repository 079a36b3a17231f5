package io.github.traviscompile.run.hosted;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.run.plan.HostedServices;
import io.github.traviscompile.upload.HelloKey;
import java.time.InstantSource;
import java.util.Optional;

/** What a hosted build needs of the world around it, beside what the request says. */
public record Outside(Credentials credentials, ArtifactSource artifacts, ApiPatience patience) {

    public HostedServices services(CrossCompileRequest request, Optional<HelloKey> helloKey, InstantSource clock) {
        return new HostedServices(
                request.hosting().services(),
                request.where().repository().orElseThrow(),
                request.hosting().pullRequest(),
                helloKey,
                credentials,
                patience,
                clock);
    }

    public TunnelOpening tunnel(CrossCompileRequest request) throws ActionNeededException {
        return TunnelOpening.of(request.hosting(), credentials, artifacts, request.host());
    }
}

package io.github.traviscompile.build;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.upload.HelloKey;
import java.time.InstantSource;
import java.util.Optional;

/** What a hosted build needs of the world around it, beside what the request says. */
record Outside(Credentials credentials, ArtifactSource artifacts, ApiPatience patience) {

    HostedServices services(CrossCompileRequest request, Optional<HelloKey> helloKey, InstantSource clock) {
        return new HostedServices(
                request.hosting().services(),
                request.where().repository().orElseThrow(),
                request.hosting().pullRequest(),
                helloKey,
                credentials,
                patience,
                clock);
    }

    TunnelOpening tunnel(CrossCompileRequest request) throws ActionNeededException {
        return TunnelOpening.of(request.hosting(), credentials, artifacts, request.host());
    }
}

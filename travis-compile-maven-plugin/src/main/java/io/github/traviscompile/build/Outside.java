package io.github.traviscompile.build;

import io.github.traviscompile.ci.ApiPatience;
import io.github.traviscompile.platform.Host;
import io.github.traviscompile.tunnel.TunnelAddress;
import io.github.traviscompile.upload.HelloKey;
import java.time.InstantSource;
import java.util.Optional;

/** What a hosted build needs of the world around it, beside what the request says. */
record Outside(Credentials credentials, ArtifactSource artifacts, ApiPatience patience) {

    HostedServices services(CrossCompileRequest request, HelloKey helloKey, InstantSource clock) {
        return new HostedServices(
                request.hosting().services(),
                request.where().repository().orElseThrow(),
                request.hosting().pullRequest(),
                Optional.of(helloKey),
                credentials,
                patience,
                clock);
    }

    TunnelOpening tunnel(TunnelAddress address, Host host) {
        return new TunnelOpening(address, credentials, artifacts, host);
    }
}

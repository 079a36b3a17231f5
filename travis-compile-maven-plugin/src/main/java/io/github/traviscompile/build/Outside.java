package io.github.traviscompile.build;

import io.github.traviscompile.ci.travis.TravisPatience;
import io.github.traviscompile.platform.Host;
import io.github.traviscompile.tunnel.TunnelAddress;

/** What a hosted build needs of the world around it, beside what the request says. */
record Outside(Credentials credentials, ArtifactSource artifacts, TravisPatience travisPatience) {

    TunnelOpening tunnel(TunnelAddress address, Host host) {
        return new TunnelOpening(address, credentials, artifacts, host);
    }
}

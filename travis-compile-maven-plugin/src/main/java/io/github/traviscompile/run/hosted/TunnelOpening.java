package io.github.traviscompile.run.hosted;

import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Host;
import io.github.traviscompile.run.api.ArtifactSource;
import io.github.traviscompile.run.api.Credentials;
import io.github.traviscompile.run.api.CrossCompileRequest;
import io.github.traviscompile.tunnel.FixedUrl;
import io.github.traviscompile.tunnel.NgrokLibrary;
import io.github.traviscompile.tunnel.NgrokTunnel;
import io.github.traviscompile.tunnel.SshTunnel;
import io.github.traviscompile.tunnel.Tunnel;
import io.github.traviscompile.tunnel.TunnelAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the tunnel of the request, with its token, login or library.
 *
 * @param port of this machine, which the endpoint has to listen at; 0 for any that is free
 */
public record TunnelOpening(
        TunnelAddress address, int port, Credentials credentials, ArtifactSource artifacts, Host host) {

    /** The longest time of ngrok from the login to the public address. */
    private static final Duration NGROK = Duration.ofSeconds(30);

    /** The tunnel for a request without one. */
    private static final TunnelAddress DEFAULT = new TunnelAddress.Ngrok();

    static TunnelOpening of(
            CrossCompileRequest.Hosting hosting, Credentials credentials, ArtifactSource artifacts, Host host) {
        TunnelAddress address = hosting.tunnel().orElse(DEFAULT);
        return new TunnelOpening(address, hosting.receiverPort().orElse(0), credentials, artifacts, host);
    }

    /** Opens the tunnel; the caller closes it. */
    Tunnel open(URI endpoint) throws CrossCompileException, InterruptedException {
        if (address instanceof TunnelAddress.Ssh ssh) {
            return SshTunnel.open(ssh, credentials.ssh(), host.home(), endpoint);
        } else if (address instanceof TunnelAddress.Fixed fixed) {
            return new FixedUrl(fixed);
        }
        return NgrokTunnel.open(credentials.ngrok(), ngrok(), endpoint, NGROK);
    }

    private NgrokLibrary ngrok() throws CrossCompileException {
        List<Path> jars = new ArrayList<>();
        for (String coordinates : NgrokLibrary.coordinates(host)) {
            try {
                jars.add(artifacts.resolve(coordinates));
            } catch (IOException e) {
                throw NgrokLibrary.unresolved(coordinates, e);
            }
        }
        return new NgrokLibrary(jars);
    }
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import java.net.URI;

/** The value of the parameter {@code tunnel}: the kind of tunnel and its address. */
public sealed interface TunnelAddress {

    /** {@code ngrok}: a public address from ngrok. */
    record Ngrok() implements TunnelAddress {}

    /**
     * {@code ssh://user@host[:port]?publicUrl=https://…[&remotePort=n]}: a port of the user's ssh server, forwarded to
     * this machine, behind the user's web server, which speaks TLS.
     *
     * @param remotePort the port on the ssh server's loopback address; 0 lets the server choose
     * @param publicUrl the web server's public address; {@code {port}} in it stands for the remote port
     */
    record Ssh(String user, String host, int port, int remotePort, String publicUrl) implements TunnelAddress {

        public Ssh {
            if (!user.matches(AddressParser.USER)
                    || !host.matches(AddressParser.HOST)
                    || !AddressParser.isPort(port)
                    || (remotePort != 0 && !AddressParser.isPort(remotePort))) {
                throw new IllegalArgumentException("Not a user, host and ports for an ssh tunnel.");
            }
            AddressParser.requirePublic(AddressParser.withPort(publicUrl, 1));
        }

        /** Returns the public address for the port that the server chose. */
        URI publicUrl(int chosenPort) {
            return AddressParser.requirePublic(AddressParser.withPort(publicUrl, chosenPort));
        }
    }

    /** {@code https://…}: an address that already leads to the endpoint. */
    record Fixed(URI publicUrl) implements TunnelAddress {

        public Fixed {
            AddressParser.requirePublic(publicUrl.toString());
        }
    }

    /**
     * Parses the parameter {@code tunnel}.
     *
     * @throws ActionNeededException if it has none of the three forms
     */
    static TunnelAddress parse(String parameter) throws ActionNeededException {
        return AddressParser.parse(parameter.strip());
    }
}

package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import java.net.URI;

/** What the parameter {@code tunnel} says: which tunnel, and to where. */
public sealed interface TunnelAddress {

    /** {@code ngrok}: a public address that ngrok hands out. */
    record Ngrok() implements TunnelAddress {}

    /**
     * {@code ssh://user@host[:port]?publicUrl=https://…[&remotePort=n]}: a port of a machine of the user's, forwarded
     * to here, behind a web server of hers that speaks TLS.
     *
     * @param remotePort the port on the ssh server's loopback address; 0 lets the server choose
     * @param publicUrl where the web server is reached; {@code {port}} in it stands for the remote port
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

        /** The public address once the server has chosen the port. */
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
     * Reads the parameter {@code tunnel}.
     *
     * @throws ActionNeededException if it has none of the three forms
     */
    static TunnelAddress parse(String parameter) throws ActionNeededException {
        return AddressParser.parse(parameter.strip());
    }
}

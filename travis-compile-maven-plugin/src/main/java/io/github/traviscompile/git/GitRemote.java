package io.github.traviscompile.git;

import io.github.traviscompile.model.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * The user's repository, writable over HTTP.
 *
 * @param url such as {@code https://github.com/alice/builds.git}; plain {@code http} only for a loopback address
 * @param token sent only to the host of {@code url}
 */
public record GitRemote(URI url, Secret token) {

    public GitRemote {
        boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isLoopback(url));
        if (!safe || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            throw new IllegalArgumentException("Not an https URL without user and query: '" + url + "'.");
        }
    }

    private static boolean isLoopback(URI url) {
        String host = url.getHost();
        try {
            // Digits only, so that no name is resolved.
            return host != null
                    && host.matches("[0-9.]+")
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

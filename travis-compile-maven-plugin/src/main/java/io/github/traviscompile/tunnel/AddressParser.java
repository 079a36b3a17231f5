package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the parameter {@code tunnel}; errors name the wrong part. */
final class AddressParser {

    /** User names of POSIX and Windows domains; no colon, so that a password cannot be part of one. */
    static final String USER = "[A-Za-z0-9_][A-Za-z0-9_.\\\\@-]*";

    /** A host name or an IPv4 address, all that the legs' script accepts. */
    static final String HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?";

    static final Parameter PARAMETER = Parameter.TUNNEL;

    private static final Pattern WHO = Pattern.compile("(" + USER + ")@(" + HOST + ")(?::([1-9][0-9]{0,4}))?/?");

    private AddressParser() {}

    static TunnelAddress parse(String value) throws ActionNeededException {
        if (value.equals("ngrok")) {
            return new TunnelAddress.Ngrok();
        } else if (value.startsWith("ssh://")) {
            return ssh(value);
        } else if (value.startsWith("https://") || value.startsWith("http://")) {
            return new TunnelAddress.Fixed(publicUrl("The tunnel", value));
        }
        throw new ActionNeededException("The tunnel '" + value + "' is of no known kind. " + PARAMETER
                + " is 'ngrok', 'ssh://user@host[:port]?publicUrl=https://…', or an https:// address that already leads"
                + " to this machine's " + Parameter.RECEIVER_PORT + ".");
    }

    /** Returns the public address of an ssh tunnel, with {@code {port}} replaced by the remote port. */
    static String withPort(String publicUrl, int port) {
        return publicUrl.replace("{port}", Integer.toString(port));
    }

    private static TunnelAddress.Ssh ssh(String value) throws ActionNeededException {
        String[] halves = value.substring("ssh://".length()).split("\\?", 2);
        if (halves[0].matches("[^@]*:.*@.*")) {
            throw new ActionNeededException("The ssh tunnel's address holds a password. Put it into a <server> of"
                    + " settings.xml, name that by " + Parameter.SSH_SERVER_ID + ", and leave"
                    + " ssh://user@host in " + PARAMETER + ".");
        }
        Matcher who = WHO.matcher(halves[0]);
        if (!who.matches()) {
            throw malformed(value, "'" + halves[0] + "' is not of the form user@host or user@host:port");
        }
        Map<String, String> options = options(value, halves.length == 2 ? halves[1] : "");
        String publicUrl = options.get("publicUrl");
        if (publicUrl == null) {
            throw malformed(value, "it does not say by which public address the web server on that host is reached");
        }
        int port = who.group(3) == null ? 22 : port(value, who.group(3));
        int remotePort = options.containsKey("remotePort") ? port(value, options.get("remotePort")) : 0;
        publicUrl("The publicUrl of the ssh tunnel", withPort(publicUrl, 1));
        return new TunnelAddress.Ssh(who.group(1), who.group(2), port, remotePort, publicUrl);
    }

    private static Map<String, String> options(String value, String query) throws ActionNeededException {
        Map<String, String> options = new HashMap<>();
        for (String option : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
            String[] nameAndValue = option.split("=", 2);
            if (nameAndValue.length < 2 || !List.of("publicUrl", "remotePort").contains(nameAndValue[0])) {
                throw malformed(value, "'" + option + "' is neither publicUrl=… nor remotePort=…");
            } else if (options.put(nameAndValue[0], nameAndValue[1]) != null) {
                throw malformed(value, nameAndValue[0] + " comes twice");
            }
        }
        return options;
    }

    private static int port(String value, String digits) throws ActionNeededException {
        if (!digits.matches("[0-9]{1,5}") || !isPort(Integer.parseInt(digits))) {
            throw malformed(value, "'" + digits + "' is not a port");
        }
        return Integer.parseInt(digits);
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= 65535;
    }

    private static ActionNeededException malformed(String value, String why) {
        return new ActionNeededException("The tunnel '" + value + "' cannot be used: " + why + ". " + PARAMETER
                + " for ssh is ssh://user@host[:port]?publicUrl=https://…, with &remotePort=… where the port on that"
                + " host is fixed.");
    }

    private static URI publicUrl(String what, String url) throws ActionNeededException {
        try {
            return requirePublic(url);
        } catch (IllegalArgumentException e) {
            throw new ActionNeededException(
                    what + " leads to '" + url + "', which is not of the form https://host or https://host:port."
                            + " The legs speak TLS to a host of its own, without a path: change " + PARAMETER + ".",
                    e);
        }
    }

    /** Requires a public address. Plain http is allowed only for a loopback address, for tests. */
    static URI requirePublic(String url) {
        try {
            URI uri = new URI(url.replaceFirst("/$", ""));
            String host = String.valueOf(uri.getHost());
            boolean plain = "http".equals(uri.getScheme()) && (host.equals("localhost") || host.startsWith("127."));
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            if (host.matches(HOST)
                    && ("https".equals(uri.getScheme()) || plain)
                    && uri.toString().equals(uri.getScheme() + "://" + host + port)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not the form of a public address.", e);
        }
        throw new IllegalArgumentException("Not the form of a public address.");
    }
}

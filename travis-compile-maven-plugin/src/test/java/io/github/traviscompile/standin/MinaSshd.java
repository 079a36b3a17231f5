package io.github.traviscompile.standin;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** An ssh server in this JVM that forwards ports, and whose key, users and moods a test sets. */
public final class MinaSshd implements AutoCloseable {

    public static final String HOST = "127.0.0.1";
    public static final String USER = "build";
    public static final String PASSWORD = "correct horse";

    /** Public keys that may log in, besides {@link #PASSWORD}. */
    public final Collection<PublicKey> authorized = new CopyOnWriteArrayList<>();

    /** How many logins were tried. */
    public final AtomicInteger logins = new AtomicInteger();

    /** The ports that were asked for, in order. */
    public final List<Integer> portsAsked = new CopyOnWriteArrayList<>();

    /** Whether ports are forwarded. */
    public volatile boolean forwards = true;

    private SshServer server;
    private int port;

    public MinaSshd(KeyPair hostKey) throws IOException {
        server = start(hostKey);
        port = server.getPort();
    }

    private SshServer start(KeyPair hostKey) throws IOException {
        SshServer s = SshServer.setUpDefaultServer();
        s.setHost(HOST);
        s.setPort(port);
        s.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        s.setPasswordAuthenticator((user, password, session) -> {
            logins.incrementAndGet();
            return user.equals(USER) && password.equals(PASSWORD);
        });
        s.setPublickeyAuthenticator((user, key, session) -> {
            logins.incrementAndGet();
            return user.equals(USER) && authorized.stream().anyMatch(k -> KeyUtils.compareKeys(k, key));
        });
        s.setForwardingFilter(new RejectAllForwardingFilter() {
            @Override
            public boolean canListen(SshdSocketAddress address, Session session) {
                portsAsked.add(address.getPort());
                return forwards;
            }

            @Override
            public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
                return true;
            }
        });
        s.start();
        return s;
    }

    public int port() {
        return port;
    }

    /** Cuts all connections and stops listening. */
    public void kill() throws IOException {
        server.stop(true);
    }

    /** Comes back on the same port, perhaps with another key. */
    public void revive(KeyPair hostKey) throws IOException {
        server = start(hostKey);
    }

    /** Cuts the connections; the server goes on. */
    public void cut() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

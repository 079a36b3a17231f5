package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Secret;
import io.github.traviscompile.model.WorkFailedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.ForwardedTcpipFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;

/**
 * One connection at a time to the ssh server, which forwards a port of its loopback address to the endpoint (RFC 4254,
 * section 7). Of the user's ssh configuration it reads only keys and known hosts. The tunnel closes it.
 */
final class SshLink implements AutoCloseable {

    /** Allows connections to the endpoint, and to nothing else on this machine or in its network. */
    private static final class EndpointOnly extends RejectAllForwardingFilter {

        private final SshdSocketAddress endpoint;

        EndpointOnly(SshdSocketAddress endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
            return type == Type.Forwarded && address.equals(endpoint);
        }
    }

    /** RFC 4254, section 7.1: the server's loopback addresses, not its public interfaces. */
    private static final String LOOPBACK = "localhost";

    private static final int UNANSWERED_KEEP_ALIVES = 3;
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final TunnelAddress.Ssh address;
    private final SshIdentities identities;
    private final HostKeys hostKeys;
    private final SshdSocketAddress endpoint;
    private final SshTimeouts patience;
    private final SshClient client;
    private volatile int remotePort;
    private volatile @Nullable ClientSession session;
    private volatile CountDownLatch ended = new CountDownLatch(0);

    SshLink(
            TunnelAddress.Ssh address,
            SshIdentities identities,
            HostKeys hostKeys,
            URI endpoint,
            SshTimeouts patience) {
        this.address = address;
        this.identities = identities;
        this.hostKeys = hostKeys;
        this.endpoint = new SshdSocketAddress(endpoint.getHost(), endpoint.getPort());
        this.patience = patience;
        this.remotePort = address.remotePort();
        this.client = client();
        client.start();
    }

    private SshClient client() {
        SshClient c = SshClient.setUpDefaultClient();
        c.setServerKeyVerifier(hostKeys);
        c.setSignatureFactories(hostKeys.pinnedFirst(c.getSignatureFactories()));
        c.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        c.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(identities.keys()));
        c.setPasswordIdentityProvider(identities
                .password()
                .map(Secret::reveal)
                .map(PasswordIdentityProvider::wrapPasswords)
                .orElse(PasswordIdentityProvider.EMPTY_PASSWORDS_PROVIDER));
        c.setForwardingFilter(new EndpointOnly(endpoint));
        c.setChannelFactories(List.of(ForwardedTcpipFactory.INSTANCE));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(c, patience.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(c, UNANSWERED_KEEP_ALIVES);
        CoreModuleProperties.FORWARD_REQUEST_TIMEOUT.set(c, patience.answer());
        // Only the heartbeat decides when a silent connection is over: a leg may compile for an hour.
        CoreModuleProperties.IDLE_TIMEOUT.set(c, Duration.ZERO);
        return c;
    }

    /** Returns the forwarded port of the server; constant after the first {@link #forward}. */
    int remotePort() {
        return remotePort;
    }

    /**
     * Connects and logs in.
     *
     * @throws ActionNeededException if the server's key is not the pinned one or the login was rejected, so that a
     *     retry does not help
     * @throws WorkFailedException if the server cannot be reached
     */
    void connect() throws ActionNeededException, WorkFailedException, InterruptedException {
        String failed = "The ssh server '" + address.host() + "' (port " + address.port() + ") cannot be reached";
        ClientSession opened = null;
        try {
            opened = client.connect(address.user(), address.host(), address.port())
                    .verify(patience.answer())
                    .getSession();
            CountDownLatch end = new CountDownLatch(1);
            opened.addCloseFutureListener(future -> end.countDown());
            failed = "The ssh server '" + address.host() + "' did not let the login come to an end";
            opened.auth().verify(patience.answer());
            session = opened;
            ended = end;
        } catch (IOException | RuntimeException e) {
            discard(opened);
            throwInterrupt(e);
            hostKeys.throwRefusal();
            throwRefusal(e);
            throw unreachable(failed, e);
        }
    }

    /**
     * Forwards the port on the open connection.
     *
     * @throws ActionNeededException if the server refuses, as it does if the port is in use
     */
    void forward() throws ActionNeededException, WorkFailedException, InterruptedException {
        ClientSession open = session;
        if (open == null) {
            throw new IllegalStateException("There is no connection to forward on.");
        }
        try {
            SshdSocketAddress wanted = new SshdSocketAddress(LOOPBACK, remotePort);
            remotePort = open.startRemotePortForwarding(wanted, endpoint).getPort();
        } catch (IOException | RuntimeException e) {
            boolean refused = e instanceof SshException && open.isOpen();
            discard(open);
            throwInterrupt(e);
            if (refused) {
                throw forwardsNothing(e);
            }
            throw unreachable("The ssh server '" + address.host() + "' did not answer when asked to forward a port", e);
        }
    }

    /** Waits until the connection has ended. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        try {
            client.close(true).await(CLOSING);
        } catch (IOException e) {
            // The server frees the port when it notices; this side has already released everything.
            return;
        }
    }

    private void throwRefusal(Exception e) throws ActionNeededException {
        if (e instanceof SshException refused
                && refused.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            String unusable =
                    identities.unusable().isEmpty() ? "" : " (" + String.join("; ", identities.unusable()) + ")";
            throw new ActionNeededException(
                    "The ssh server '" + address.host() + "' does not let '" + address.user() + "' in with "
                            + String.join(" or ", identities.described()) + unusable + ". Have the key's public half"
                            + " added to that account's authorized_keys, or " + SshIdentities.remedy(),
                    e);
        }
    }

    private ActionNeededException forwardsNothing(Exception e) {
        String remedy = remotePort == 0
                ? "."
                : ", and nobody else may listen on that port, such as another run; choose another one by remotePort=… in "
                        + AddressParser.PARAMETER + ".";
        return new ActionNeededException(
                "The ssh server '" + address.host() + "' does not forward "
                        + (remotePort == 0 ? "a port" : "its port " + remotePort) + " to here: " + reason(e)
                        + ". Its sshd_config has to allow remote forwarding (AllowTcpForwarding, PermitListen)"
                        + remedy,
                e);
    }

    private static WorkFailedException unreachable(String failed, Exception e) {
        return new WorkFailedException(
                failed + ": " + reason(e) + ". Check " + AddressParser.PARAMETER
                        + ", and that ssh gets there from this machine.",
                e);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceFirst("\\.$", "");
    }

    private static void discard(@Nullable ClientSession session) {
        if (session != null) {
            session.close(true);
        }
    }

    /** Rethrows the library's exception for an interrupt; timeouts are of a subclass. */
    private static void throwInterrupt(Exception e) throws InterruptedException {
        if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            InterruptedException interrupted =
                    new InterruptedException("Interrupted while waiting for the ssh server.");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}

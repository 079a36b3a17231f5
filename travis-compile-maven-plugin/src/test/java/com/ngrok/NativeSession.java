package com.ngrok;

import io.github.traviscompile.standin.LoopbackRelay;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Stands in for ngrok's native part, which ngrok-java looks up by this name: forwards on loopback for real. As it lives
 * in a class loader of its own, the authtoken is what tells it how to behave; see {@link #connect}.
 */
public final class NativeSession implements Session {

    private final Builder builder;
    private final Map<String, Forwarder.Endpoint> open = new ConcurrentHashMap<>();

    private NativeSession(Builder builder) {
        this.builder = builder;
    }

    /**
     * Called by ngrok-java.
     *
     * <p>{@code hang}: never answers. {@code late}: answers after a second. {@code wrong…}: is refused as by ngrok, which
     * quotes it. {@code elsewhere}: has a session there. {@code offline}: does not reach ngrok. {@code unlinked}: its
     * library does not load. With any other all goes well, until the first request that comes through the tunnel:
     * {@code ends}, {@code stops}, {@code silent} and {@code stumbles} do then what they say, whatever follows a hyphen.
     */
    public static NativeSession connect(Builder builder) throws IOException {
        String token = builder.getAuthtoken();
        if (token.equals("hang") || token.equals("late")) {
            pause(token.equals("late") ? 1_000 : 3_600_000);
        } else if (token.startsWith("wrong")) {
            throw new NgrokException(
                    "ERR_NGROK_107",
                    "The authtoken you specified is properly formed, but it is invalid.\nYour authtoken: " + token
                            + "\nSee https://dashboard.ngrok.com/get-started/your-authtoken\n");
        } else if (token.equals("elsewhere")) {
            throw new NgrokException("ERR_NGROK_108", "Your account is limited to 1 simultaneous ngrok agent session.");
        } else if (token.equals("offline")) {
            throw new IOException("failed to connect to ngrok server with " + token);
        } else if (token.equals("unlinked")) {
            throw new UnsatisfiedLinkError("libngrok_java.so: libc.musl-x86_64.so.1: cannot open shared object file");
        }
        return new NativeSession(builder);
    }

    @Override
    public Forwarder.Endpoint forwardHttp(HttpBuilder http, URL url) throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        LoopbackRelay relay = new LoopbackRelay(url.getPort(), () -> afterFirstRequest(ended));
        Forwarder.Endpoint endpoint = new Forwarder.Endpoint() {
            @Override
            public void join() throws IOException {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public void close() {
                relay.close();
                ended.countDown();
            }

            @Override
            public String getId() {
                return "relay";
            }

            @Override
            public String getMetadata() {
                return "";
            }

            @Override
            public String getForwardsTo() {
                return url.toString();
            }

            @Override
            public String getProto() {
                return "https";
            }

            @Override
            public String getUrl() {
                return "http://127.0.0.1:" + relay.port();
            }
        };
        open.put(endpoint.getId(), endpoint);
        return endpoint;
    }

    private void afterFirstRequest(CountDownLatch ended) {
        switch (builder.getAuthtoken().replaceFirst("-.*", "")) {
            case "ends" -> ended.countDown();
            case "stops" -> builder.stopCallback().onCommand();
            case "silent" -> {
                builder.heartbeatHandler().heartbeat(5);
                builder.heartbeatHandler().timeout();
                builder.heartbeatHandler().timeout();
            }
            case "stumbles" -> {
                builder.heartbeatHandler().timeout();
                builder.heartbeatHandler().heartbeat(5);
            }
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        for (Forwarder.Endpoint endpoint : open.values()) {
            endpoint.close();
        }
    }

    @Override
    public String getId() {
        return "session";
    }

    @Override
    public String getMetadata() {
        return "";
    }

    @Override
    public Listener.Endpoint listenTcp(TcpBuilder tcp) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forwarder.Endpoint forwardTcp(TcpBuilder tcp, URL url) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Endpoint listenTls(TlsBuilder tls) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forwarder.Endpoint forwardTls(TlsBuilder tls, URL url) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Endpoint listenHttp(HttpBuilder http) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listener.Edge listenEdge(EdgeBuilder edge) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forwarder.Edge forwardEdge(EdgeBuilder edge, URL url) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void closeListener(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void closeForwarder(String id) {
        throw new UnsupportedOperationException();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

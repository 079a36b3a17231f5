package io.github.traviscompile.tunnel;

import io.github.traviscompile.model.Secret;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The used part of ngrok-java, called by reflection, as its classes have their own class loader. The library's
 * exception is the cause of the {@link java.lang.reflect.InvocationTargetException}. It may be an error if the native
 * part is missing.
 */
final class NgrokAgent {

    /** Receives the library's reports on an open tunnel, in threads of the library. */
    interface Listener {

        /** The service answered a heartbeat. */
        void alive();

        /** The service did not answer in time; the library reconnects by itself. */
        void silent();

        /** The service ordered the agent to stop. */
        void stopped();
    }

    private static final Class<?>[] NOTHING = {};

    private final ClassLoader loader;
    private final Object session;

    private NgrokAgent(ClassLoader loader, Object session) {
        this.loader = loader;
        this.session = session;
    }

    /** Logs in to the service; has no timeout, and an interrupt may not end it. */
    static NgrokAgent connect(ClassLoader loader, Secret authtoken, Listener listener)
            throws ReflectiveOperationException {
        Class<?> commands = loader.loadClass("com.ngrok.Session$CommandHandler");
        Class<?> heartbeats = loader.loadClass("com.ngrok.Session$HeartbeatHandler");
        Class<?> builders = loader.loadClass("com.ngrok.Session$Builder");
        Object builder = loader.loadClass("com.ngrok.Session")
                .getMethod("withAuthtoken", String.class)
                .invoke(null, authtoken.reveal());
        builders.getMethod("stopCallback", commands).invoke(builder, handler(commands, method -> listener.stopped()));
        builders.getMethod("heartbeatHandler", heartbeats).invoke(builder, handler(heartbeats, method -> {
            if (method.equals("timeout")) {
                listener.silent();
            } else {
                listener.alive();
            }
        }));
        return new NgrokAgent(loader, call(builders, builder, "connect"));
    }

    /** Requests a public address that leads to {@code endpoint}; it lasts until {@link #close}. */
    Forwarder forward(URI endpoint) throws ReflectiveOperationException, MalformedURLException {
        Object http = call(loader.loadClass("com.ngrok.Session"), session, "httpEndpoint");
        Object forwarder = Objects.requireNonNull(loader.loadClass("com.ngrok.HttpBuilder")
                .getMethod("forward", URL.class)
                .invoke(http, endpoint.toURL()));
        return new Forwarder(loader.loadClass("com.ngrok.Forwarder$Endpoint"), forwarder);
    }

    /** Ends the session and all its forwarding. */
    void close() throws ReflectiveOperationException {
        loader.loadClass("com.ngrok.Session").getMethod("close", NOTHING).invoke(session);
    }

    /** A forwarded public address. */
    record Forwarder(Class<?> type, Object forwarder) {

        String url() throws ReflectiveOperationException {
            return call(type, forwarder, "getUrl").toString();
        }

        /** Waits until it has ended. */
        void join() throws ReflectiveOperationException {
            type.getMethod("join", NOTHING).invoke(forwarder);
        }
    }

    private static Object call(Class<?> type, Object target, String method) throws ReflectiveOperationException {
        return Objects.requireNonNull(type.getMethod(method, NOTHING).invoke(target), method);
    }

    private static Object handler(Class<?> type, Consumer<String> onCall) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> type.getName();
                default -> {
                    onCall.accept(method.getName());
                    yield null;
                }
            };
        });
    }
}

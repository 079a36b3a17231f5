package io.github.traviscompile.ci.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An untrusted edge of a tunnel: it forwards each exchange or injects a fault. */
final class FaultyEdge implements AutoCloseable {

    /** A request: its first line, and the size of its body. */
    record Request(String line, int length) {}

    enum Fault {
        NONE,
        DROP_REQUEST,
        DROP_ANSWER,
        CUT_REQUEST,
        FORGE_200,
        FORGE_201,
        FORGE_410,
        FORGE_503,
        REDIRECT,
        FLIP_ANSWER,
        REPLAY_OLD_ANSWER,
        TOO_LARGE
    }

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI endpoint;
    private final Function<Request, Fault> faults;
    private final Thread thread = new Thread(this::serve, "faulty-edge");
    /** All bytes sent towards the endpoint. */
    final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    final List<Fault> done = new CopyOnWriteArrayList<>();
    private volatile byte[] lastAnswer = answer("200 OK", "");

    FaultyEdge(URI endpoint, Function<Request, Fault> faults) throws IOException {
        this.endpoint = endpoint;
        this.faults = faults;
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(20_000);
                exchange(client);
            } catch (IOException e) {
                // The client is gone, or this edge is closed: there is nothing to forward.
            }
        }
    }

    private void exchange(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        String head = head(in);
        Matcher matcher = LENGTH.matcher(head);
        int length = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        Fault fault = faults.apply(new Request(head.lines().findFirst().orElse(""), length));
        done.add(fault);
        OutputStream out = client.getOutputStream();
        if (fault == Fault.DROP_REQUEST) {
            return;
        }
        if (head.toLowerCase(java.util.Locale.ROOT).contains("expect: 100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        byte[] body = in.readNBytes(length);
        switch (fault) {
            case FORGE_200 -> out.write(answer("200 OK", ""));
            case FORGE_201 -> out.write(answer("201 Created", "0011223344556677 5"));
            case FORGE_410 -> out.write(answer("410 Gone", ""));
            case FORGE_503 -> out.write(answer("503 Busy\r\nRetry-After: 1", "<html>"));
            case REDIRECT -> out.write(answer("302 Found\r\nLocation: " + endpoint, ""));
            case TOO_LARGE -> out.write(answer("413 Too Large", "<html>"));
            case REPLAY_OLD_ANSWER -> out.write(lastAnswer);
            case CUT_REQUEST -> pass(head, java.util.Arrays.copyOf(body, body.length / 2), false);
            case DROP_ANSWER -> pass(head, body, true);
            case FLIP_ANSWER -> out.write(flip(pass(head, body, true)));
            default -> {
                lastAnswer = pass(head, body, true);
                out.write(lastAnswer);
            }
        }
    }

    private byte[] pass(String head, byte[] body, boolean read) throws IOException {
        String passed =
                head.replaceAll("(?im)^expect:.*\r\n", "").replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
        try (Socket server = new Socket(endpoint.getHost(), endpoint.getPort())) {
            seen.write(passed.getBytes(ISO_8859_1));
            seen.write(body);
            server.getOutputStream().write(passed.getBytes(ISO_8859_1));
            server.getOutputStream().write(body);
            return read ? server.getInputStream().readAllBytes() : new byte[0];
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("The client closed.");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** Changes the status under the same MAC. */
    private static byte[] flip(byte[] answer) {
        String text = new String(answer, ISO_8859_1);
        String other = text.startsWith("HTTP/1.1 200") ? "HTTP/1.1 404" : "HTTP/1.1 200";
        return (other + text.substring(other.length())).getBytes(ISO_8859_1);
    }

    private static byte[] answer(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

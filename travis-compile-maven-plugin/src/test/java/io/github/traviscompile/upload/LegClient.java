package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.model.LegKey;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A leg's side of the protocol over a raw socket, written from the protocol text and not with the server's classes. */
final class LegClient {

    /** An answer as received: status, all headers by lower-case name, body. */
    record Response(int status, SortedMap<String, String> headers, String body) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI server;
    private final RunId run;
    private final String leg;
    private final byte[] requestKey;
    private final byte[] responseKey;
    private final byte[] encryptionKey;

    LegClient(URI server, RunId run, String leg, LegKey key) {
        this.server = server;
        this.run = run;
        this.leg = leg;
        this.requestKey = hmac(key.reveal(), "tcmp1 c2s");
        this.responseKey = hmac(key.reveal(), "tcmp1 s2c");
        this.encryptionKey = hmac(key.reveal(), "tcmp1 enc");
    }

    /** A signed request whose every part can be changed before it is sent. */
    final class Request {
        String method = "POST";
        String target;
        String nonce = randomHex(16);
        String size = "";
        String sha256 = "";
        byte[] body = {};
        String extraHeaders = "";

        private Request(String path) {
            target = "/v1/" + run + "/" + leg + path;
        }

        String mac() {
            return hex(hmac(
                    requestKey,
                    String.join(
                            "\n",
                            "tcmp1-req",
                            method,
                            target,
                            nonce,
                            size,
                            sha256,
                            Integer.toString(body.length),
                            Sha256.of(body).hex())));
        }

        /** The head with the blank line. */
        String head() {
            return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nTcmp-Nonce: " + nonce
                    + "\r\nTcmp-Body-Sha256: " + Sha256.of(body) + "\r\nContent-Length: " + body.length
                    + (size.isEmpty() ? "" : "\r\nTcmp-Size: " + size)
                    + (sha256.isEmpty() ? "" : "\r\nTcmp-Sha256: " + sha256)
                    + "\r\nTcmp-Mac: " + mac() + "\r\n" + extraHeaders + "\r\n";
        }

        byte[] bytes() {
            byte[] head = head().getBytes(ISO_8859_1);
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }

        /** Sends it on a connection of its own and requires a genuine answer. */
        Response send() throws IOException {
            Response response = LegClient.this.send(bytes());
            requireGenuine(response);
            return response;
        }

        void requireGenuine(Response response) {
            String expected = hex(hmac(
                    responseKey,
                    "tcmp1-res\n" + response.status() + "\n" + nonce + "\n"
                            + Sha256.of(response.body().getBytes(ISO_8859_1))));
            if (!expected.equals(response.headers().get("tcmp-mac"))) {
                throw new AssertionError("Not a genuine answer: " + response);
            }
        }
    }

    Request begin(String output, byte[] file) {
        return begin(output, file.length, Sha256.of(file), "tree=x\njob=y\n");
    }

    Request begin(String output, long size, Sha256 sha256, String details) {
        Request request = new Request("/" + output + "/begin");
        request.size = Long.toString(size);
        request.sha256 = sha256.hex();
        request.body = details.getBytes(UTF_8);
        return request;
    }

    Request chunk(String output, String upload, long offset, byte[] plain) {
        Request request = new Request("/" + output + "/u/" + upload + "/" + offset);
        request.method = "PUT";
        request.body = encrypt("tcmp1-chunk\n" + output + "\n" + upload + "\n" + offset, plain);
        return request;
    }

    Request commit(String output, String upload) {
        return new Request("/" + output + "/u/" + upload + "/commit");
    }

    Request event(String plain) {
        return event(plain.getBytes(UTF_8));
    }

    Request event(byte[] plain) {
        Request request = new Request("/event");
        request.body = encrypt("tcmp1-event\n" + request.nonce, plain);
        return request;
    }

    /** Returns the audience that the token of the handshake with this nonce and wrapped key must have. */
    String audience(String nonce, String wrapped) {
        String rest = "tcmp1-hello\n/v1/" + run + "/" + leg + "/hello\n" + nonce + "\n" + wrapped;
        return "tcmp1." + Sha256.of(rest.getBytes(UTF_8));
    }

    /** Creates a handshake ({@code hello} on the wire) with a wrapped key in base64. */
    Request handshake(String wrapped, String token) {
        Request request = new Request("/hello");
        request.body = ("wrapped=" + wrapped + "\ntoken=" + token + "\n").getBytes(UTF_8);
        return request;
    }

    /** Delivers a file in chunks; returns the answer to the last request. */
    Response deliver(String output, byte[] file, int chunkBytes) throws IOException {
        Response begun = begin(output, file).send();
        if (begun.status() != 201) {
            return begun;
        }
        String upload = begun.body().split(" ", -1)[0];
        for (int at = Integer.parseInt(begun.body().split(" ", -1)[1]); at < file.length; at += chunkBytes) {
            byte[] part = Arrays.copyOfRange(file, at, Math.min(at + chunkBytes, file.length));
            Response stored = chunk(output, upload, at, part).send();
            if (stored.status() != 200) {
                return stored;
            }
        }
        return commit(output, upload).send();
    }

    Response send(byte[] raw) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(raw);
            return receive(socket);
        }
    }

    /** Returns all bytes of the server's reply to {@code raw}, until the connection closes. */
    String exchange(byte[] raw) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(raw);
            socket.shutdownOutput();
            return readToEnd(socket);
        }
    }

    /** Reads until the connection ends; a reset is an end. */
    static String readToEnd(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        try {
            for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw e;
            }
        }
        return all.toString(ISO_8859_1);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Reads one answer with a declared length. */
    static Response receive(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        String[] lines = head.toString(ISO_8859_1).split("\r\n", 0);
        SortedMap<String, String> headers = new TreeMap<>();
        for (String line : Arrays.copyOfRange(lines, 1, lines.length)) {
            String[] field = line.split(": ?", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        in.readFully(body);
        return new Response(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, new String(body, ISO_8859_1));
    }

    static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return hex(random);
    }

    private byte[] encrypt(String purpose, byte[] plain) {
        byte[] pass = hex(hmac(encryptionKey, purpose)).getBytes(UTF_8);
        MessageDigest digest = Sha256.newDigest();
        byte[] key = digest.digest(pass);
        digest.update(key);
        byte[] iv = Arrays.copyOf(digest.digest(pass), 16);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

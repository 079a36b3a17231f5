package io.github.traviscompile.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.traviscompile.http.HttpCaller;
import io.github.traviscompile.http.HttpReply;
import io.github.traviscompile.http.HttpSettings;
import io.github.traviscompile.http.HttpTimeouts;
import io.github.traviscompile.http.Pause;
import io.github.traviscompile.http.RetryPolicy;
import io.github.traviscompile.http.ServiceBusyException;
import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.RunId;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls the endpoint through its public address as a leg would, before the run pushes anything. Sends signed requests
 * of up to a full chunk, and requires our own signature on the answers. Otherwise the exception says what answered. No
 * message contains the address.
 */
final class EndpointProbe {

    /** The id of the probe's own leg; its key never leaves this process, and it has no outputs. */
    static final String LEG = "self-test";

    /** The smallest chunk that legs fall back to when an edge refuses larger ones (protocol tcmp1). */
    static final int FLOOR_BYTES = 64 << 10;

    private static final int CIPHER_BLOCK = 16;
    private static final int NONCE_BYTES = 16;
    private static final int TOO_LARGE = 413;
    /** The minimum timeout, so that the last attempt before the deadline still has time. */
    private static final long LEAST_NANOS = Duration.ofSeconds(5).toNanos();

    /** The legs' timeout for one request (protocol tcmp1). */
    private static final Duration ONE_CHUNK = Duration.ofMinutes(2);

    private static final Parameter PARAMETER = Parameter.TUNNEL;

    /** The outcome of one request. */
    private sealed interface ProbeReply {

        record Confirmed() implements ProbeReply {}

        record TooLarge() implements ProbeReply {}

        /** No answer arrived. */
        record NoAnswer(ServiceBusyException cause) implements ProbeReply {}

        /** Another server answered. */
        record Foreign(int status, String contentType, boolean empty) implements ProbeReply {}
    }

    private final RunId run;
    private final LegSecrets secrets;
    private final int chunkBytes;
    private final Duration pause;
    private final HttpCaller http =
            new HttpCaller(HttpSettings.of(HttpTimeouts.DEFAULT, InstantSource.system(), Pause.REAL));
    private final SecureRandom random = new SecureRandom();

    /**
     * @param chunkBytes the most plain text in one chunk
     * @param pause between attempts, while the tunnel's edge may not be ready yet
     */
    EndpointProbe(RunId run, LegSecrets secrets, int chunkBytes, Duration pause) {
        this.run = run;
        this.secrets = secrets;
        this.chunkBytes = chunkBytes;
        this.pause = pause;
    }

    /** Returns the largest chunk that gets through, in bytes of plain text; see {@link UploadServer#selfTest}. */
    int largestChunk(URI publicUri, Duration within) throws CrossCompileException, InterruptedException {
        ProbeReply first = sendUntilDeadline(publicUri, Math.min(FLOOR_BYTES, chunkBytes), within);
        if (!(first instanceof ProbeReply.Confirmed)) {
            throw describe(first, publicUri, within);
        }
        for (int bytes = chunkBytes; bytes > FLOOR_BYTES; bytes /= 2) {
            ProbeReply reply = send(publicUri, bytes, ONE_CHUNK);
            if (!(reply instanceof ProbeReply.TooLarge) && !(reply instanceof ProbeReply.Confirmed)) {
                // Some edges cut the connection instead of answering 413, and any connection may break once.
                reply = send(publicUri, bytes, ONE_CHUNK);
            }
            if (reply instanceof ProbeReply.Confirmed) {
                return bytes;
            }
        }
        return Math.min(FLOOR_BYTES, chunkBytes);
    }

    /**
     * Repeats a request until the endpoint answers or the deadline passes, as an edge may take a while to route a new
     * tunnel.
     */
    private ProbeReply sendUntilDeadline(URI publicUri, int bytes, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        RetryPolicy.Retries retries =
                RetryPolicy.within(within, pause, pause).begin(http.settings().pause());
        while (true) {
            long left = Math.max(deadline - System.nanoTime(), LEAST_NANOS);
            ProbeReply reply = send(publicUri, bytes, Duration.ofNanos(left));
            if (reply instanceof ProbeReply.Confirmed || reply instanceof ProbeReply.TooLarge || !retries.again()) {
                return reply;
            }
        }
    }

    private ProbeReply send(URI publicUri, int bytes, Duration timeout) throws InterruptedException {
        byte[] body = new byte[(bytes / CIPHER_BLOCK + 1) * CIPHER_BLOCK];
        // No secret, only what cannot be compressed: 8 MiB from a SecureRandom take a tenth of a second.
        new SplittableRandom().nextBytes(body);
        SignedRequest request = request(body);
        Map<String, String> headers = Map.of(
                SignedRequest.NONCE.toString(),
                request.nonce(),
                SignedRequest.BODY_SHA256.toString(),
                request.bodySha256(),
                SignedRequest.MAC.toString(),
                HexFormat.of().formatHex(secrets.requestMac(request)));
        URI address = publicUri.resolve(request.rawTarget());
        try {
            return reply(request, http.exchange(request.target().method(), address, headers, body, timeout));
        } catch (ServiceBusyException e) {
            return new ProbeReply.NoAnswer(e);
        }
    }

    private SignedRequest request(byte[] body) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        RequestTarget target = new RequestTarget.Probe(run.hex(), LEG);
        String raw = "/v1/" + run.hex() + "/" + LEG + "/probe";
        return new SignedRequest(
                target,
                raw,
                HexFormat.of().formatHex(nonce),
                "",
                "",
                body.length,
                Sha256.of(body).hex(),
                "");
    }

    private ProbeReply reply(SignedRequest request, HttpReply response) {
        String mac = response.header(SignedRequest.MAC.toString()).orElse("");
        String expected = secrets.responseMac(
                response.status(), request.nonce(), response.body().getBytes(UTF_8));
        if (MessageDigest.isEqual(expected.getBytes(ISO_8859_1), mac.getBytes(ISO_8859_1))
                && response.status() == Response.STORED.status()) {
            return new ProbeReply.Confirmed();
        } else if (response.status() == TOO_LARGE) {
            return new ProbeReply.TooLarge();
        }
        String type = response.header("Content-Type").orElse("");
        return new ProbeReply.Foreign(response.status(), type, response.body().isEmpty());
    }

    private static CrossCompileException describe(ProbeReply reply, URI publicUri, Duration within) {
        if (reply instanceof ProbeReply.NoAnswer noAnswer) {
            // The cause may contain the host name; messages must not.
            String why = describe(noAnswer.cause()).replace(publicUri.getHost(), "…");
            return new WorkFailedException("No server answers at the tunnel's public address, tried for "
                    + within.toSeconds() + " s (" + why + "). Nothing was pushed. Check " + PARAMETER
                    + " and the route from there to this machine.");
        } else if (reply instanceof ProbeReply.Foreign foreign) {
            return new ActionNeededException(describe(foreign) + " Nothing was pushed.");
        }
        return new ActionNeededException("The tunnel's edge refuses bodies of " + (FLOOR_BYTES >> 10)
                + " KiB (413), and legs send no smaller ones. Raise its limit, client_max_body_size in nginx, or choose"
                + " another " + PARAMETER + ". Nothing was pushed.");
    }

    /**
     * Lists the whole cause chain: an unknown host and a refused connection differ only in causes without a message.
     */
    private static String describe(ServiceBusyException failure) {
        if (failure.getCause() == null) {
            return String.valueOf(failure.getMessage());
        }
        return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .map(each ->
                        each.getClass().getSimpleName() + (each.getMessage() == null ? "" : ": " + each.getMessage()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String describe(ProbeReply.Foreign foreign) {
        int status = foreign.status();
        if (status == Response.UNAUTHENTICATED && foreign.empty()) {
            return "The endpoint of another run answers at the tunnel's public address, or something on the way changes"
                    + " the headers. Wait for the other run, or give each its own " + PARAMETER + ".";
        } else if (status / 100 == 3) {
            return "The tunnel's public address answers with a redirection (" + status + "), as login pages do; legs"
                    + " follow none. Let " + PARAMETER + " lead to this machine directly.";
        } else if (status == 502 || status == 503 || status == 504) {
            return "The tunnel's edge is up but does not reach this machine (" + status
                    + "). Check where the web server" + " behind " + PARAMETER + " leads.";
        } else if (foreign.contentType().toLowerCase(Locale.ROOT).startsWith("text/html")) {
            return "A web page answers at the tunnel's public address (" + status + ", text/html), such as a warning or"
                    + " login page of the tunnel's, where the endpoint should. Switch it off, or choose another "
                    + PARAMETER + ".";
        }
        return "Another server answers at the tunnel's public address (" + status
                + ", without the endpoint's signature). Check where " + PARAMETER + " leads.";
    }
}

package io.github.traviscompile.upload;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of one request that its MAC covers. The server uses only these values: anything else in a request is
 * unsigned.
 *
 * @param size the decimal size of the whole file, empty but for {@code begin}
 * @param sha256 the digest of the whole file, empty but for {@code begin}
 * @param length of the body as sent, in bytes
 * @param mac as sent, not yet compared
 */
record SignedRequest(
        RequestTarget target,
        String rawTarget,
        String nonce,
        String size,
        String sha256,
        long length,
        String bodySha256,
        String mac) {

    static final HttpString MAC = new HttpString("Tcmp-Mac");
    static final HttpString NONCE = new HttpString("Tcmp-Nonce");
    static final HttpString BODY_SHA256 = new HttpString("Tcmp-Body-Sha256");
    private static final HttpString SIZE = new HttpString("Tcmp-Size");
    private static final HttpString SHA256 = new HttpString("Tcmp-Sha256");

    /** nginx forwards requests as HTTP/1.0 by default. */
    private static final Set<HttpString> PROTOCOLS = Set.of(Protocols.HTTP_1_0, Protocols.HTTP_1_1);

    private static final Pattern NONCE_FORM = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DIGEST_FORM = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER_FORM = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** Reads target and headers; empty unless each is there exactly once and well formed, and nothing contradicts. */
    static Optional<SignedRequest> read(HttpServerExchange exchange) {
        if (!PROTOCOLS.contains(exchange.getProtocol())
                || exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)
                || !exchange.getQueryString().isEmpty()) {
            return Optional.empty();
        }
        String raw = exchange.getRequestURI();
        return RequestTarget.parse(raw)
                .filter(target -> exchange.getRequestMethod().toString().equals(target.method()))
                .flatMap(target -> read(exchange, raw, target));
    }

    private static Optional<SignedRequest> read(HttpServerExchange exchange, String raw, RequestTarget target) {
        boolean begins = target instanceof RequestTarget.Begin;
        Optional<String> nonce = one(exchange, NONCE, NONCE_FORM);
        Optional<String> size = begins ? one(exchange, SIZE, NUMBER_FORM) : none(exchange, SIZE);
        Optional<String> sha256 = begins ? one(exchange, SHA256, DIGEST_FORM) : none(exchange, SHA256);
        Optional<String> length = one(exchange, Headers.CONTENT_LENGTH, NUMBER_FORM);
        Optional<String> bodySha256 = one(exchange, BODY_SHA256, DIGEST_FORM);
        Optional<String> mac = one(exchange, MAC, DIGEST_FORM);
        if (nonce.isEmpty()
                || size.isEmpty()
                || sha256.isEmpty()
                || length.isEmpty()
                || bodySha256.isEmpty()
                || mac.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SignedRequest(
                target,
                raw,
                nonce.get(),
                size.get(),
                sha256.get(),
                Long.parseLong(length.get()),
                bodySha256.get(),
                mac.get()));
    }

    /** Compares the MAC in constant time. */
    boolean isGenuine(LegSecrets secrets) {
        return MessageDigest.isEqual(secrets.requestMac(this), HexFormat.of().parseHex(mac));
    }

    /** Returns the value of a header that is there exactly once; absent and repeated headers are alike. */
    private static Optional<String> one(HttpServerExchange exchange, HttpString name, Pattern form) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null || values.size() != 1
                ? Optional.empty()
                : Optional.of(values.getFirst()).filter(v -> form.matcher(v).matches());
    }

    private static Optional<String> none(HttpServerExchange exchange, HttpString name) {
        return exchange.getRequestHeaders().contains(name) ? Optional.empty() : Optional.of("");
    }
}

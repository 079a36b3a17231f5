package io.github.traviscompile.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of request targets. A target that does not match byte for byte is refused. */
sealed interface RequestTarget {

    /** The id of a leg or output. */
    String ID = "[a-z0-9][a-z0-9_.-]{0,63}";

    Pattern HELLO = Pattern.compile("/v1/([0-9a-f]{32})/(" + ID + ")/hello");
    Pattern EVENT = Pattern.compile("/v1/([0-9a-f]{32})/(" + ID + ")/event");
    Pattern PROBE = Pattern.compile("/v1/([0-9a-f]{32})/(" + EndpointProbe.LEG + ")/probe");
    Pattern BEGIN = Pattern.compile("/v1/([0-9a-f]{32})/(" + ID + ")/(" + ID + ")/begin");
    Pattern CHUNK =
            Pattern.compile("/v1/([0-9a-f]{32})/(" + ID + ")/(" + ID + ")/u/([0-9a-f]{16})/(0|[1-9][0-9]{0,17})");
    Pattern COMMIT = Pattern.compile("/v1/([0-9a-f]{32})/(" + ID + ")/(" + ID + ")/u/([0-9a-f]{16})/commit");

    String run();

    String leg();

    /** Returns the only method allowed for this target. */
    default String method() {
        return "POST";
    }

    /** The handshake, {@code hello} on the wire: a leg without a key sends its own. */
    record Hello(String run, String leg) implements RequestTarget {}

    record Event(String run, String leg) implements RequestTarget {}

    /** A chunk that is not stored; the endpoint calls itself with it through the tunnel. */
    record Probe(String run, String leg) implements RequestTarget {
        @Override
        public String method() {
            return "PUT";
        }
    }

    /** A request about one of the leg's outputs. */
    sealed interface OfOutput extends RequestTarget {
        String output();
    }

    record Begin(String run, String leg, String output) implements OfOutput {}

    record Chunk(String run, String leg, String output, String upload, long offset) implements OfOutput {
        @Override
        public String method() {
            return "PUT";
        }
    }

    record Commit(String run, String leg, String output, String upload) implements OfOutput {}

    /** Parses a raw request target. */
    static Optional<RequestTarget> parse(String raw) {
        Matcher m = CHUNK.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Chunk(m.group(1), m.group(2), m.group(3), m.group(4), Long.parseLong(m.group(5))));
        }
        m = EVENT.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Event(m.group(1), m.group(2)));
        }
        m = PROBE.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Probe(m.group(1), m.group(2)));
        }
        m = BEGIN.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Begin(m.group(1), m.group(2), m.group(3)));
        }
        m = COMMIT.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Commit(m.group(1), m.group(2), m.group(3), m.group(4)));
        }
        m = HELLO.matcher(raw);
        if (m.matches()) {
            return Optional.of(new Hello(m.group(1), m.group(2)));
        }
        return Optional.empty();
    }
}

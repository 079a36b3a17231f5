package io.github.traviscompile.standin;

import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Something that goes wrong at a service.
 *
 * @param on whether it happens to a request of this method and target, query included
 * @param kind what happens
 * @param times to so many requests, each time one
 * @param status of the answer, if there is one
 * @param headers of that answer
 * @param body of that answer
 */
public record Fault(
        BiPredicate<String, String> on, Kind kind, int times, int status, Map<String, String> headers, String body) {

    /** Points of an exchange. */
    public enum Kind {
        /** The fault's own answer; nothing is done. */
        ANSWER,
        /** The connection ends without an answer; nothing is done. */
        CLOSE,
        /** The connection ends without an answer, after everything was done. */
        LOSE_ANSWER,
        /** Everything is done, and the fault's own answer given. */
        ANSWER_AFTER,
        /** The connection ends in the middle of the answer. */
        CUT
    }

    /** More often than any test asks. */
    public static final int FOR_EVER = Integer.MAX_VALUE;

    public static Fault answer(
            String method, String part, int times, int status, Map<String, String> headers, String body) {
        return new Fault(matching(method, part), Kind.ANSWER, times, status, headers, body);
    }

    public static Fault of(Kind kind, String method, String part, int times) {
        return new Fault(
                matching(method, part),
                kind,
                times,
                502,
                Map.of("Content-Type", "text/html"),
                "<html>Bad gateway</html>");
    }

    private static BiPredicate<String, String> matching(String method, String part) {
        return (otherMethod, target) -> otherMethod.equals(method) && target.contains(part);
    }
}

package io.github.traviscompile.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token, password or pass phrase of the user's. Not a record, so that neither {@code toString} nor an accessor shows
 * it by accident; no refusal repeats it.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A token, without the white space around it: visible ASCII characters, so that it fits an HTTP header. */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("A token is not empty and holds visible ASCII characters only.");
        }
        return new Secret(stripped);
    }

    /** A password of any characters, as it is. */
    public static Secret ofPassword(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A password is not empty.");
        }
        return new Secret(value);
    }

    /** The token; empty where {@code value} is null or blank, which is how an unset variable or element may come. */
    public static Optional<Secret> ofNullable(@Nullable String value) {
        return Optional.ofNullable(value).filter(v -> !v.isBlank()).map(Secret::of);
    }

    /** The value, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    /** {@code text} without this secret, for messages of servers that quote what they refuse. */
    public String maskIn(String text) {
        return text.replace(value, "***");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}

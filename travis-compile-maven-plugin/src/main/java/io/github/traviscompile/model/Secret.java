package io.github.traviscompile.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token, password or pass phrase of the user. Not a record, so that neither {@code toString} nor an accessor shows it
 * by accident; no exception repeats it.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Parses a token without the white space around it: visible ASCII characters, so that it fits an HTTP header. */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("A token is not empty and holds visible ASCII characters only.");
        }
        return new Secret(stripped);
    }

    /** Takes a password of any characters unchanged. */
    public static Secret ofPassword(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A password is not empty.");
        }
        return new Secret(value);
    }

    /** Parses a token; empty if {@code value} is null or blank, as an unset variable or element can be. */
    public static Optional<Secret> ofNullable(@Nullable String value) {
        return Optional.ofNullable(value).filter(v -> !v.isBlank()).map(Secret::of);
    }

    /** Returns the value, for the code that sends it. */
    public String reveal() {
        return value;
    }

    /** Returns {@code text} without this secret, for messages of servers that quote a refused value. */
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

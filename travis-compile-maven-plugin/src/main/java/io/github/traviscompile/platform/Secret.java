package io.github.traviscompile.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token or password of the user's. Not a record, so that neither {@code toString} nor an accessor shows it by accident. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * The message of a refusal does not repeat the value.
     *
     * @throws IllegalArgumentException if the value is empty or holds what no HTTP header can carry
     */
    public static Secret of(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("A token is not empty and holds visible ASCII characters only.");
        }
        return new Secret(value);
    }

    /** The value, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    /** {@code text} with the value, should it occur, replaced by asterisks. */
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

package io.github.traviscompile.platform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token, password or pass phrase of the user's. Not a record, so that neither {@code toString} nor an accessor shows
 * it by accident.
 */
public final class Secret {

    private final String value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret is empty.");
        }
        this.value = value;
    }

    /** The secret; empty where {@code value} is null or blank, which is how an unset variable or element may come. */
    public static Optional<Secret> ofNullable(@Nullable String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .map(Secret::new);
    }

    /** The secret itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    /** The text without this secret, for messages of servers that quote what they refuse. */
    public String maskIn(String text) {
        return text.replace(value, "***");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}

package io.github.traviscompile.platform;

/** A token or password that a person gave. Not a record, so that neither {@code toString} nor an accessor shows it. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** The secret without the white space around it; the message of a refusal does not repeat it. */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty() || stripped.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("A secret is empty or holds other than printable ASCII characters.");
        }
        return new Secret(stripped);
    }

    /** The secret itself, for the one place that it belongs to. */
    public String reveal() {
        return value;
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
        return "Secret[***]";
    }
}

package io.github.traviscompile.verify.wheel;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a Python project; names are equal if their normal forms are (Python Packaging User Guide, "Names and
 * normalization").
 */
public record ProjectName(String text) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]");

    boolean isValid() {
        return VALID.matcher(text).matches();
    }

    boolean isSame(ProjectName other) {
        return normal().equals(other.normal());
    }

    /** Returns the normal form, for example {@code my-project} for {@code My_Project}. */
    public String normal() {
        return text.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}

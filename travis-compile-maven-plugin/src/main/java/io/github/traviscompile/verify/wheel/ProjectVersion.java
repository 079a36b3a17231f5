package io.github.traviscompile.verify.wheel;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a Python project in its normal form (Python Packaging User Guide, "Version specifiers"): Cargo's
 * {@code 1.0.0-alpha.1} is {@code 1.0.0a1} there.
 */
public record ProjectVersion(String normal) {

    private static final Pattern FORM = Pattern.compile("v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
            + "(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]+)?)?"
            + "(?:-(?<bare>[0-9]+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<number>[0-9]+)?)?"
            + "(?:[-_.]?(?<dev>dev)[-_.]?(?<nightly>[0-9]+)?)?"
            + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

    /** Parses a version; empty if {@code text} is none. */
    public static Optional<ProjectVersion> parse(String text) {
        Matcher found = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        return text.length() <= 128 && found.matches()
                ? Optional.of(new ProjectVersion(normal(found)))
                : Optional.empty();
    }

    private static String normal(Matcher found) {
        StringBuilder normal = new StringBuilder();
        String epoch = number(found.group("epoch"));
        if (!epoch.equals("0")) {
            normal.append(epoch).append('!');
        }
        // Releases that differ only in trailing zeros are equal.
        String release = found.group("release").replaceAll("(?<![0-9])0+(?=[0-9])", "");
        normal.append(release.replaceAll("(\\.0)+$", ""));
        String phase = found.group("phase");
        if (phase != null) {
            normal.append(phase(phase)).append(number(found.group("pre")));
        }
        if (found.group("bare") != null || found.group("post") != null) {
            @Nullable String post = found.group("bare") == null ? found.group("number") : found.group("bare");
            normal.append(".post").append(number(post));
        }
        if (found.group("dev") != null) {
            normal.append(".dev").append(number(found.group("nightly")));
        }
        if (found.group("local") != null) {
            normal.append('+').append(found.group("local").replaceAll("[-_]", "."));
        }
        return normal.toString();
    }

    private static String phase(String word) {
        return switch (word) {
            case "a", "alpha" -> "a";
            case "b", "beta" -> "b";
            default -> "rc";
        };
    }

    private static String number(@Nullable String digits) {
        return digits == null ? "0" : digits.replaceFirst("^0+(?=[0-9])", "");
    }
}

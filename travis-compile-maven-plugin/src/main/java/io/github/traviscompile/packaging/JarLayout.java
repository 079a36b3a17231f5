package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import io.github.traviscompile.model.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The folders of the platforms' files in a jar, as the parameter {@code jarLayout} sets them.
 *
 * <p>The placeholders are {@code {platform}}, {@code {os}}, {@code {arch}} and {@code {jna}}. {@code {platform}} is the
 * whole classifier, such as {@code linux-x86_64-musl}; {@code {os}} and {@code {arch}} are its first two words.
 * {@code {jna}} is JNA's resource prefix for libraries ({@code com.sun.jna.Platform.RESOURCE_PREFIX}, as of JNA 5.17),
 * such as {@code win32-x86-64}.
 *
 * @param pattern a relative folder with at least one placeholder, without a slash at its end
 */
public record JarLayout(String pattern) {

    // Must be initialised before the layouts below use it.
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Map<String, String> JNA_SYSTEMS = Map.of("osx", "darwin", "windows", "win32");
    private static final Map<String, String> JNA_MACHINES = Map.of(
            "x86_64", "x86-64",
            "x86_32", "x86",
            "aarch_64", "aarch64",
            "arm_32", "arm",
            "ppcle_64", "ppc64le",
            "s390_64", "s390x",
            "loongarch_64", "loongarch64");

    /** {@code META-INF/native/<os>-<arch>/}. */
    public static final JarLayout DEFAULT = new JarLayout("META-INF/native/{os}-{arch}");

    /** The folders that {@code com.sun.jna.Native} searches by default. */
    public static final JarLayout JNA = new JarLayout("{jna}");

    private static final Map<String, JarLayout> WORDS = Map.of("default", DEFAULT, "jna", JNA);

    public JarLayout {
        flaw(pattern).ifPresent(flaw -> {
            throw new IllegalArgumentException("The jar layout '" + pattern + "' " + flaw + ".");
        });
    }

    /** Parses the parameter's value: {@code default}, {@code jna} or a pattern, which may end with a slash. */
    public static JarLayout parse(String text) throws ActionNeededException {
        String word = text.strip();
        JarLayout known = WORDS.get(word);
        if (known != null) {
            return known;
        }
        String pattern = word.endsWith("/") ? word.substring(0, word.length() - 1) : word;
        Optional<String> flaw = flaw(pattern);
        if (flaw.isPresent()) {
            throw new ActionNeededException("The value '" + text + "' of " + Parameter.JAR_LAYOUT + " " + flaw.get()
                    + ". Set 'default', 'jna' or a folder such as 'META-INF/native/{os}-{arch}/'.");
        }
        return new JarLayout(pattern);
    }

    /** Returns the folder for the files of {@code platform}, with a slash at its end. */
    public String folder(Platform platform) {
        Map<String, String> values = values(platform);
        return PLACEHOLDER
                        .matcher(pattern)
                        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")))
                + "/";
    }

    /** Fails if the files of two platforms would share a folder of the jar. */
    public void requireDistinct(Collection<Platform> platforms) throws ActionNeededException {
        Map<String, Platform> byFolder = new LinkedHashMap<>();
        for (Platform platform : platforms) {
            String folder = folder(platform);
            Platform other = byFolder.put(folder, platform);
            if (other != null) {
                throw new ActionNeededException("The files of " + other + " and of " + platform
                        + " would both be in '" + folder + "' of the jar with all platforms. Set "
                        + Parameter.JAR_LAYOUT + " to a folder that tells them apart, such as"
                        + " 'META-INF/native/{platform}/', or choose one of them in " + Parameter.PLATFORMS + ".");
            }
        }
    }

    /** Fails if readers of this layout never search the folder of one of {@code platforms}. */
    public void requireFolders(Collection<Platform> platforms) throws ActionNeededException {
        for (Platform platform : platforms) {
            if (pattern.contains("{jna}") && !platform.parts().isEmpty()) {
                throw new ActionNeededException("JNA looks for a library of its own processor and never for one of '"
                        + platform + "'. Name " + platform.parts().get(0) + " and "
                        + platform.parts().get(1) + " in " + Parameter.PLATFORMS + " instead, or set"
                        + " " + Parameter.JAR_LAYOUT + " to one without {jna}.");
            }
        }
    }

    private static Map<String, String> values(Platform platform) {
        // Later words distinguish ABIs, which neither System.getProperty nor JNA does.
        String[] words = platform.id().split("-", -1);
        return Map.of(
                "platform",
                platform.id(),
                "os",
                words[0],
                "arch",
                words[1],
                "jna",
                JNA_SYSTEMS.getOrDefault(words[0], words[0]) + "-" + JNA_MACHINES.getOrDefault(words[1], words[1]));
    }

    /** Returns the error in {@code pattern}, phrased to follow its name; empty if it is valid. */
    private static Optional<String> flaw(String pattern) {
        List<String> known =
                values(Platform.LINUX_X86_64).keySet().stream().sorted().toList();
        List<String> used = PLACEHOLDER
                .matcher(pattern)
                .results()
                .map(match -> match.group(1))
                .toList();
        Optional<String> unknown =
                used.stream().filter(name -> !known.contains(name)).findFirst();
        if (unknown.isPresent()) {
            return Optional.of("has the unknown placeholder '{" + unknown.get() + "}'. "
                    + Suggestion.of(unknown.get(), known).replaceFirst("\\.$", ""));
        }
        String plain = PLACEHOLDER.matcher(pattern).replaceAll("x");
        if (plain.matches("(?s).*[{}$].*")) {
            return Optional.of("has a brace without its partner, or a '$'; placeholders are written like '{os}'");
        }
        if (used.isEmpty()) {
            return Optional.of("is neither a word nor a folder with a placeholder: "
                    + known.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", ")));
        }
        if (!ArchiveFile.isName(plain)) {
            return Optional.of("is not a relative folder of plain names with '/' between them");
        }
        if (plain.toUpperCase(Locale.ROOT).startsWith("META-INF/MANIFEST.MF/")) {
            return Optional.of("uses the manifest as a folder");
        }
        return Optional.empty();
    }
}

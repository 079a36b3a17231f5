package io.github.traviscompile.verify.wheel;

import io.github.traviscompile.verify.gate.OldestSystem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a wheel, from which installers choose (PEP 427, "File name convention"). Each tag may be a set (PEP 425).
 *
 * @param distribution the project, with underscores
 * @param version with underscores instead of hyphens
 * @param build the number that orders otherwise equal wheels
 * @param pythons for example {@code cp37}
 * @param abis the stable one, {@code none}, or that of one Python
 * @param platforms for example {@code manylinux_2_17_x86_64} and {@code manylinux2014_x86_64}
 */
public record WheelName(
        String distribution,
        String version,
        Optional<String> build,
        List<String> pythons,
        List<String> abis,
        List<String> platforms) {

    private static final Pattern GRAMMAR =
            Pattern.compile("(?<name>[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?)-(?<version>[A-Za-z0-9_.!+]+)"
                    + "(?:-(?<build>[0-9][A-Za-z0-9_.]*))?-(?<pythons>[a-z0-9_]+(?:\\.[a-z0-9_]+)*)"
                    + "-(?<abis>[a-z0-9_]+(?:\\.[a-z0-9_]+)*)-(?<platforms>[a-z0-9_]+(?:\\.[a-z0-9_]+)*)\\.whl");

    public WheelName {
        pythons = List.copyOf(pythons);
        abis = List.copyOf(abis);
        platforms = List.copyOf(platforms);
    }

    /** Parses a file name; empty if it breaks the grammar. */
    public static Optional<WheelName> parse(String fileName) {
        Matcher found = GRAMMAR.matcher(fileName);
        return fileName.length() <= 255 && found.matches()
                ? Optional.of(new WheelName(
                        group(found, "name"),
                        group(found, "version"),
                        Optional.ofNullable(found.group("build")),
                        List.of(group(found, "pythons").split("\\.")),
                        List.of(group(found, "abis").split("\\.")),
                        List.of(group(found, "platforms").split("\\."))))
                : Optional.empty();
    }

    private static String group(Matcher found, String name) {
        @Nullable String text = found.group(name);
        return text == null ? "" : text;
    }

    /** Returns the oldest system in the tags; empty if none names one. */
    public Optional<OldestSystem> oldestSystem() {
        return platforms.stream()
                .flatMap(text -> PlatformTag.parse(text).stream())
                .flatMap(tag -> tag.oldestSystem().stream())
                .min(Comparator.comparing(OldestSystem::version));
    }

    /** Returns the name for other platforms. */
    public WheelName withPlatforms(List<String> others) {
        return new WheelName(distribution, version, build, pythons, abis, others);
    }

    /** Returns every combination of the tags, in the form of the file {@code WHEEL}. */
    public List<String> tags() {
        TreeSet<String> tags = new TreeSet<>();
        for (String python : pythons) {
            for (String abi : abis) {
                platforms.forEach(platform -> tags.add(python + "-" + abi + "-" + platform));
            }
        }
        return List.copyOf(tags);
    }

    ProjectName project() {
        return new ProjectName(distribution);
    }

    Optional<ProjectVersion> release() {
        return ProjectVersion.parse(version.replace('_', '-'));
    }

    /** Returns the folder of the metadata. */
    String distInfo() {
        return distribution + "-" + version + ".dist-info";
    }

    /** Returns the file name. */
    @Override
    public String toString() {
        return distribution + "-" + version + build.map(text -> "-" + text).orElse("") + "-" + String.join(".", pythons)
                + "-" + String.join(".", abis) + "-" + String.join(".", platforms) + ".whl";
    }
}

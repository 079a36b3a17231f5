package io.github.traviscompile.packaging;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Output;
import io.github.traviscompile.model.Parameter;
import io.github.traviscompile.model.Platform;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The classifier and type of an output that is an artifact by itself. The classifier ends with Cargo's name of the
 * output, without the platform's prefix and suffix, so that it is the same on all platforms. {@code libgreet.so} of
 * linux-x86_64 is {@code linux-x86_64-greet} of type {@code so}. {@code greet.dll} of windows-x86_64 is
 * {@code windows-x86_64-greet} of type {@code dll}. Executables are of type {@code exe} everywhere.
 */
public record RawArtifact(Platform platform, Output output) {

    private static final String PLACEHOLDER = "*";

    public RawArtifact {
        String fileName = output.fileName();
        String prefix = prefix(platform, output);
        String suffix = suffix(platform, output);
        if (fileName.length() <= prefix.length() + suffix.length()
                || !fileName.startsWith(prefix)
                || !fileName.endsWith(suffix)) {
            throw new IllegalArgumentException("On " + platform + " no output has the file name '" + fileName + "'.");
        }
    }

    public String classifier() {
        String fileName = output.fileName();
        String name = fileName.substring(
                prefix(platform, output).length(),
                fileName.length() - suffix(platform, output).length());
        return platform.id() + "-" + name;
    }

    /** Returns the artifact's type, which is also the file extension. */
    public String type() {
        String suffix = suffix(platform, output);
        return suffix.isEmpty() ? "exe" : suffix.substring(1);
    }

    private static String prefix(Platform platform, Output output) {
        String example = platform.naming().fileName(output.kind(), PLACEHOLDER);
        return example.substring(0, example.indexOf(PLACEHOLDER));
    }

    private static String suffix(Platform platform, Output output) {
        String example = platform.naming().fileName(output.kind(), PLACEHOLDER);
        return example.substring(example.indexOf(PLACEHOLDER) + 1);
    }

    /** Fails if two artifacts would have the same file name in a repository, also one that ignores case. */
    public static void requireDistinct(Collection<RawArtifact> artifacts) throws ActionNeededException {
        Map<String, RawArtifact> byFile = new HashMap<>();
        for (RawArtifact artifact : artifacts) {
            String file = artifact.classifier() + "." + artifact.type();
            RawArtifact other = byFile.put(file.toLowerCase(Locale.ROOT), artifact);
            if (other != null) {
                throw new ActionNeededException("The files '" + other.output().fileName() + "' of " + other.platform()
                        + " and '" + artifact.output().fileName() + "' of " + artifact.platform()
                        + " cannot both be attached by themselves: both are of classifier '" + artifact.classifier()
                        + "' and type '" + artifact.type() + "', apart from upper and lower case. Give one of them"
                        + " another name in Cargo.toml, choose what is built with " + Parameter.PACKAGES + ", or set "
                        + Parameter.FORMAT + " to 'zip'.");
            }
        }
    }
}

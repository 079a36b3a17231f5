package io.github.traviscompile.git;

import java.io.File;
import java.util.List;
import java.util.Set;
import org.codehaus.plexus.util.MatchPatterns;

/** The user's includes and excludes: Ant patterns, as in every Maven plugin. */
final class Selection {

    private final boolean includesAll;
    private final MatchPatterns includes;
    private final MatchPatterns excludes;
    private final MatchPatterns subtrees;
    private final Set<String> always;

    Selection(SnapshotRequest request) {
        this.includesAll = request.includes().isEmpty();
        this.includes = patterns(request.includes());
        this.excludes = patterns(request.excludes());
        this.subtrees = patterns(request.excludes().stream()
                .map(pattern -> pattern.endsWith("/") ? pattern + "**" : pattern)
                .filter(pattern -> pattern.endsWith("**"))
                .toList());
        this.always = request.always();
    }

    private static MatchPatterns patterns(List<String> patterns) {
        return MatchPatterns.from(patterns.stream()
                .map(pattern -> onHost(pattern.endsWith("/") ? pattern + "**" : pattern))
                .toList());
    }

    /** Converts slashes, as the library splits paths at the host's separator. */
    private static String onHost(String text) {
        return text.replace('/', File.separatorChar);
    }

    /** Whether the file is part of the snapshot, given {@code byGit}, git's own rules. */
    boolean takes(GitPath path, boolean byGit) {
        String text = path.toString();
        if (always.contains(text)) {
            return true;
        }
        String onHost = onHost(text);
        return byGit && (includesAll || includes.matches(onHost, true)) && !excludes.matches(onHost, true);
    }

    /** Whether a directory is excluded with everything below it, so that it need not be listed. */
    boolean prunes(GitPath directory) {
        String text = directory.toString();
        return subtrees.matches(onHost(text), true) && alwaysBelow(directory).isEmpty();
    }

    List<String> alwaysBelow(GitPath directory) {
        String prefix = directory + "/";
        return always.stream().filter(path -> path.startsWith(prefix)).toList();
    }
}

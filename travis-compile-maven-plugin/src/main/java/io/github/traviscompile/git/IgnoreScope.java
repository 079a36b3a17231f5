package io.github.traviscompile.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * One file of ignore rules and the outer scopes that it overrides. The order is a directory's {@code .gitignore}, then
 * its parents' up to the repository's, {@code info/exclude}, and the user's own (gitignore(5)).
 *
 * @param base the length of the path prefix, with its slash, that the rules of {@code node} do not see
 */
record IgnoreScope(@Nullable IgnoreScope outer, int base, IgnoreNode node) {

    /** U+FEFF in UTF-8, which some editors put first and git ignores. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** A scope without rules. */
    static final IgnoreScope NONE = new IgnoreScope(null, 0, new IgnoreNode());

    /**
     * Returns this scope, overridden by the rules in {@code file} if it exists; like git, follows no symbolic link to
     * it.
     *
     * @param directory that the rules apply to, relative to the repository's
     */
    IgnoreScope with(Path file, GitPath directory) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return this;
        }
        return reading(file, directory);
    }

    /** Does the same as {@link #with} for a file outside the tree, which may be a link. */
    IgnoreScope withUsers(Path file) throws IOException {
        return Files.isRegularFile(file) ? reading(file, GitPath.ROOT) : this;
    }

    private IgnoreScope reading(Path file, GitPath directory) throws IOException {
        IgnoreNode rules = new IgnoreNode();
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String patterns = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        // Git matches bytes, JGit characters, so both sides use one character per byte.
        rules.parse(file.toString(), new ByteArrayInputStream(patterns.getBytes(StandardCharsets.UTF_8)));
        int length = directory.latin1().length();
        return rules.getRules().isEmpty() ? this : new IgnoreScope(this, length == 0 ? 0 : length + 1, rules);
    }

    /** Whether rules ignore {@code path} itself; the caller checks its parents. */
    boolean ignores(GitPath path, boolean isDirectory) {
        String text = path.latin1();
        for (IgnoreScope scope = this; scope != null; scope = scope.outer) {
            Boolean ignored = scope.node.checkIgnored(text.substring(scope.base), isDirectory);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }
}

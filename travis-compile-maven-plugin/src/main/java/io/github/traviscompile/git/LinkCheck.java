package io.github.traviscompile.git;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.Parameter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows each symbolic link through the tree, as the kernel would, and rejects links that lead out of it. */
final class LinkCheck {

    /** The number of links that Linux follows before it reports a loop (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private final Map<GitPath, TreeFile> links = new HashMap<>();

    private LinkCheck() {}

    static void check(List<TreeFile> files) throws ActionNeededException {
        LinkCheck check = new LinkCheck();
        files.stream().filter(TreeFile::isLink).forEach(link -> check.links.put(link.path(), link));
        for (TreeFile link : check.links.values().stream()
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .toList()) {
            if (check.leaves(link)) {
                throw new ActionNeededException(
                        "The symbolic link '" + link.path() + "' leads out of the snapshot, to '"
                                + link.target()
                                + "', which other machines lack. Replace it by its target, or leave it out with "
                                + Parameter.EXCLUDES + ".");
            }
        }
    }

    private boolean leaves(TreeFile link) {
        Deque<String> todo = new ArrayDeque<>();
        Deque<String> at = new ArrayDeque<>();
        split(link.path()).forEach(todo::addLast);
        int followed = 0;
        while (!todo.isEmpty()) {
            String name = todo.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (at.isEmpty()) {
                    return true;
                }
                at.removeLast();
                continue;
            }
            at.addLast(name);
            TreeFile next = links.get(new GitPath(String.join("/", at)));
            if (next == null) {
                continue;
            }
            if (++followed > MOST_LINKS) {
                return false;
            }
            if (next.isTargetAbsolute()) {
                return true;
            }
            at.removeLast();
            List<String> names = split(next.target());
            Collections.reverse(names);
            names.forEach(todo::addFirst);
        }
        return false;
    }

    private static List<String> split(GitPath path) {
        return Arrays.asList(path.latin1().split("/"));
    }
}

package io.github.traviscompile.git;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/** Finds names that other systems cannot store: those that Windows rejects, and those that differ only in case. */
final class Portability {

    private Portability() {}

    static List<String> warnings(List<TreeFile> files) {
        List<String> warnings = new ArrayList<>();
        ObjectChecker windows = new ObjectChecker().setSafeForWindows(true);
        Map<String, GitPath> folded = new HashMap<>();
        for (TreeFile file : files) {
            GitPath path = file.path();
            try {
                windows.checkPath(path.toString());
            } catch (CorruptObjectException e) {
                warnings.add("The file '" + path + "' cannot exist on Windows: " + e.getMessage() + ".");
            }
            GitPath twin = folded.putIfAbsent(path.toString().toLowerCase(Locale.ROOT), path);
            if (twin != null) {
                warnings.add("The files '" + twin + "' and '" + path
                        + "' differ only in case and are one file on Windows and macOS.");
            }
        }
        return warnings;
    }
}

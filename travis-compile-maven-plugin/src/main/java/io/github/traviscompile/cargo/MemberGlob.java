package io.github.traviscompile.cargo;

import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expands the patterns of {@code workspace.members} and {@code workspace.default-members}, as the Rust crate
 * {@code glob} that Cargo uses. {@code ?}, {@code *}, {@code [ab]}, {@code [!ab]} match within one path component,
 * {@code **} is a whole component. Case matters, and a leading dot is nothing special.
 */
final class MemberGlob {

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[]");

    private MemberGlob() {}

    static boolean isPattern(String glob) {
        return SPECIAL.matcher(glob).find();
    }

    /**
     * Returns the files and directories that {@code glob} matches below {@code root}, sorted.
     *
     * @throws PatternSyntaxException with a description of the error
     */
    static List<Path> expand(Path root, String glob) throws WorkFailedException {
        Path start = glob.startsWith("/") ? root.getRoot() : root;
        Set<Path> found = new LinkedHashSet<>(List.of(start));
        StringTokenizer components =
                new StringTokenizer(glob, "/" + root.getFileSystem().getSeparator());
        while (components.hasMoreTokens()) {
            String component = components.nextToken();
            Set<Path> next = new LinkedHashSet<>();
            for (Path path : found) {
                next.addAll(step(path, component, !components.hasMoreTokens()));
            }
            found = next;
        }
        return found.stream().sorted().toList();
    }

    private static List<Path> step(Path path, String component, boolean last) throws WorkFailedException {
        if (component.equals("**")) {
            List<Path> directories = ProjectFiles.directoriesFrom(path);
            // At the end of a pattern it matches at least one directory, elsewhere also none.
            return last && !directories.isEmpty() ? directories.subList(1, directories.size()) : directories;
        }
        if (component.contains("**")) {
            throw new PatternSyntaxException(
                    "a '**' that is not a whole component", component, component.indexOf("**"));
        }
        if (!isPattern(component)) {
            Path child = path.resolve(component).normalize();
            return Files.exists(child) ? List.of(child) : List.of();
        }
        Pattern pattern = Pattern.compile(regex(component), Pattern.DOTALL);
        return ProjectFiles.children(path).stream()
                .filter(child -> pattern.matcher(child.getFileName().toString()).matches())
                .toList();
    }

    private static String regex(String component) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    int end = classEnd(component, i);
                    regex.append(characterClass(component.substring(i + 1, end)));
                    i = end;
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Returns the end of the class that starts at {@code start}; a {@code ]} at its beginning is a member of it. */
    private static int classEnd(String component, int start) {
        int first = component.startsWith("!", start + 1) ? start + 2 : start + 1;
        int end = component.indexOf(']', first + 1);
        if (end < 0) {
            throw new PatternSyntaxException("a '[' without its ']'", component, start);
        }
        return end;
    }

    private static String characterClass(String content) {
        boolean negated = content.startsWith("!");
        List<String> parts = new ArrayList<>();
        String members = negated ? content.substring(1) : content;
        for (int i = 0; i < members.length(); i++) {
            if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
                parts.add(escaped(members.charAt(i)) + "-" + escaped(members.charAt(i + 2)));
                i += 2;
            } else {
                parts.add(escaped(members.charAt(i)));
            }
        }
        return (negated ? "[^" : "[") + String.join("", parts) + "]";
    }

    private static String escaped(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
    }
}

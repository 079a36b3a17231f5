package io.github.traviscompile.packaging;

import java.util.Arrays;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The Java module name of a jar without a module descriptor, {@code Automatic-Module-Name} in its manifest (JAR File
 * Specification, "Modular multi-release JAR files"; {@code java.lang.module.ModuleFinder#of}).
 *
 * @param value Java identifiers with dots between them, none of them a keyword
 */
public record ModuleName(String value) {

    public ModuleName {
        if (!SourceVersion.isName(value)) {
            throw new IllegalArgumentException("Not the name of a Java module: '" + value + "'.");
        }
    }

    /**
     * Derives a name from the artifact's coordinates, such as {@code com.example.rand.linux_x86_64}. Characters that an
     * identifier cannot contain become underscores.
     */
    public static ModuleName of(String groupId, String artifactId, String classifier) {
        return new ModuleName(Arrays.stream((groupId + "." + artifactId + "." + classifier).split("\\.+", -1))
                .filter(part -> !part.isEmpty())
                .map(ModuleName::identifier)
                .collect(Collectors.joining(".")));
    }

    private static String identifier(String part) {
        String word = part.codePoints()
                .map(c -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c) ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String started = Character.isJavaIdentifierStart(word.codePointAt(0)) ? word : "_" + word;
        return SourceVersion.isKeyword(started) ? started + "_" : started;
    }

    @Override
    public String toString() {
        return value;
    }
}

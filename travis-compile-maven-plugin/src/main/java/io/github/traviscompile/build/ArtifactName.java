package io.github.traviscompile.build;

/**
 * What tells a file from the others that a Maven project attaches.
 *
 * @param type also the extension of the file
 */
public record ArtifactName(String classifier, String type) {

    public ArtifactName {
        if (classifier.isEmpty() || type.isEmpty()) {
            throw new IllegalArgumentException("An attached file has a classifier and a type.");
        }
    }

    /** @param finalName of the project, before the classifier */
    String fileName(String finalName) {
        return finalName + "-" + classifier + "." + type;
    }
}

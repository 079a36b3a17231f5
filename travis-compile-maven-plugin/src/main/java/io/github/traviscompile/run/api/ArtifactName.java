package io.github.traviscompile.run.api;

/**
 * The classifier and type that identify an attached file within its Maven project.
 *
 * @param type also the extension of the file
 */
public record ArtifactName(String classifier, String type) {

    public ArtifactName {
        if (classifier.isEmpty() || type.isEmpty()) {
            throw new IllegalArgumentException("An attached file has a classifier and a type.");
        }
    }

    /**
     * Names the file.
     *
     * @param finalName of the project, before the classifier
     */
    public String fileName(String finalName) {
        return finalName + "-" + classifier + "." + type;
    }
}

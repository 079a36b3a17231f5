package io.github.traviscompile.model;

/**
 * The id of a git tree object (SHA-1, 40 lower-case hexadecimal digits); it identifies the snapshot's whole content.
 */
public record TreeId(String hex) {

    public TreeId {
        if (!hex.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Not a git tree id in lower-case hex: '" + hex + "'.");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}

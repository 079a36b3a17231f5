package io.github.traviscompile.model;

/**
 * A place that compiles legs: this machine, or a hosted service.
 *
 * @param id its word in the parameter {@code ci}, in journals and in reuse keys
 * @param title its name in messages
 */
public record Service(String id, String title) {

    /** The machine that runs Maven. */
    public static final Service LOCAL = new Service("local", "this machine");

    public Service {
        if (!id.matches("[a-z][a-z0-9-]{0,31}") || title.isBlank()) {
            throw new IllegalArgumentException("Not the id and title of a service: '" + id + "', '" + title + "'.");
        }
    }

    public boolean isLocal() {
        return equals(LOCAL);
    }

    @Override
    public String toString() {
        return id;
    }
}

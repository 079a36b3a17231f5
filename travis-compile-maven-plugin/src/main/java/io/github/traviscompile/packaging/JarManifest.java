package io.github.traviscompile.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The manifest of a jar (JAR File Specification, "JAR Manifest"). It names neither the JDK nor a time, so that the same
 * values give the same bytes.
 *
 * @param title the Maven project's artifactId
 * @param version the Maven project's version
 */
public record JarManifest(String title, String version, ModuleName module) {

    private static final Attributes.Name CREATED_BY = new Attributes.Name("Created-By");
    private static final Attributes.Name AUTOMATIC_MODULE_NAME = new Attributes.Name("Automatic-Module-Name");

    public JarManifest {
        requireLine(title);
        requireLine(version);
    }

    /** Rejects control characters, as a line break would begin another attribute. */
    private static void requireLine(String value) {
        if (value.isEmpty() || !value.matches("[^\\p{IsControl}]+")) {
            throw new IllegalArgumentException("Not a value for a jar's manifest: '" + value + "'.");
        }
    }

    byte[] bytes() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(CREATED_BY, "travis-compile-maven-plugin");
        attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        attributes.put(AUTOMATIC_MODULE_NAME, module.value());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            manifest.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package io.github.traviscompile.packaging;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Validates documents against a schema of the test resources; loads nothing from the network. */
public final class PublishedSchema {

    private static final String CYCLONE_DX = "http://cyclonedx.org/schema/";

    private final JsonSchema schema;

    private PublishedSchema(JsonSchema schema) {
        this.schema = schema;
    }

    public static PublishedSchema cycloneDx() throws IOException {
        Map<String, String> schemas = new TreeMap<>();
        for (String name : List.of("bom-1.7", "spdx", "jsf-0.82", "cryptography-defs")) {
            schemas.put(CYCLONE_DX + name + ".schema.json", resource(name + ".schema.json"));
        }
        return of(SpecVersion.VersionFlag.V7, CYCLONE_DX + "bom-1.7.schema.json", schemas);
    }

    public static PublishedSchema slsaProvenance() throws IOException {
        String location = "https://schema.invalid/in-toto-statement-slsa-provenance.schema.json";
        return of(
                SpecVersion.VersionFlag.V202012,
                location,
                Map.of(location, resource("in-toto-statement-slsa-provenance.schema.json")));
    }

    private static PublishedSchema of(SpecVersion.VersionFlag version, String location, Map<String, String> schemas) {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                version, builder -> builder.schemaLoaders(loaders -> loaders.schemas(schemas)));
        return new PublishedSchema(factory.getSchema(
                SchemaLocation.of(location),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build()));
    }

    /** Returns the errors of {@code document}; empty if it is valid. */
    public List<String> judge(String document) {
        return schema.validate(document, InputFormat.JSON).stream()
                .map(ValidationMessage::toString)
                .sorted()
                .toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PublishedSchema.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

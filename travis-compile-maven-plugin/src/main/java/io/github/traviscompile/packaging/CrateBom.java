package io.github.traviscompile.packaging;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.traviscompile.model.Sha256;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bill of materials of a delivery: a CycloneDX 1.7 document (ECMA-424). It lists the crates that Cargo.lock allows
 * the packages to use, on any platform, for building, testing or running. Cargo.lock does not say which of these end up
 * in a file.
 *
 * @param name the name of a delivery of several packages
 * @param version the version of a delivery of several packages
 * @param application whether the delivery contains a program, not only libraries
 * @param roots the ids of the compiled packages, at least one
 * @param crates all crates; the document omits those that no root needs
 * @param pluginVersion the version of this plugin
 * @param timestamp the time of the document; without it, the same values give the same bytes on every run
 */
public record CrateBom(
        String name,
        String version,
        boolean application,
        SortedSet<String> roots,
        List<Crate> crates,
        String pluginVersion,
        Optional<Instant> timestamp) {

    public CrateBom {
        roots = Collections.unmodifiableSortedSet(new TreeSet<>(roots));
        crates = crates.stream().sorted(Comparator.comparing(Crate::id)).toList();
        Set<String> known = new HashSet<>();
        for (Crate crate : crates) {
            if (!known.add(crate.id())) {
                throw new IllegalArgumentException("The crate '" + crate.id() + "' is listed twice.");
            }
        }
        Stream<String> used = Stream.concat(roots.stream(), crates.stream().flatMap(c -> c.dependencies().stream()));
        used.filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("There is no crate '" + id + "'.");
        });
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("A bill of materials needs at least one package.");
        }
    }

    /** Writes the document to {@code target}, whole or not at all. */
    public Sha256 write(Path target) throws WorkFailedException {
        return JsonFile.write("The bill of materials", target, toJson());
    }

    JsonObject toJson() {
        List<Crate> needed = needed();
        JsonObject content = new JsonObject();
        content.add("metadata", metadata(needed));
        content.add("components", components(needed, crate -> !roots.contains(crate.id()), "library"));
        content.add("dependencies", dependencies(needed));

        JsonObject json = new JsonObject();
        json.addProperty("$schema", "http://cyclonedx.org/schema/bom-1.7.schema.json");
        json.addProperty("bomFormat", "CycloneDX");
        json.addProperty("specVersion", "1.7");
        json.addProperty("serialNumber", "urn:uuid:" + nameBasedUuid(content));
        json.addProperty("version", 1);
        content.entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        return json;
    }

    /** Derives the serial number from the content (RFC 9562, 5.3), so that the same content has the same number. */
    private static UUID nameBasedUuid(JsonObject content) {
        return UUID.nameUUIDFromBytes(JsonFile.text(content).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the roots and their transitive dependencies. */
    private List<Crate> needed() {
        Map<String, Crate> byId = crates.stream().collect(Collectors.toMap(Crate::id, crate -> crate));
        Set<String> needed = new HashSet<>(roots);
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            for (String id : Objects.requireNonNull(byId.get(open.remove())).dependencies()) {
                if (needed.add(id)) {
                    open.add(id);
                }
            }
        }
        return crates.stream().filter(crate -> needed.contains(crate.id())).toList();
    }

    private JsonObject metadata(List<Crate> needed) {
        JsonObject tool = new JsonObject();
        tool.addProperty("type", "application");
        tool.addProperty("group", "io.github.travis-compile");
        tool.addProperty("name", "travis-compile-maven-plugin");
        tool.addProperty("version", pluginVersion);
        JsonArray tools = new JsonArray();
        tools.add(tool);
        JsonObject toolComponents = new JsonObject();
        toolComponents.add("components", tools);
        // The source is a lock file, not the result of a compilation.
        JsonArray lifecycles = new JsonArray();
        lifecycles.add(JsonFile.object(Map.of("phase", "pre-build")));

        JsonObject metadata = new JsonObject();
        timestamp.ifPresent(time -> metadata.addProperty("timestamp", JsonFile.timestamp(time)));
        metadata.add("lifecycles", lifecycles);
        metadata.add("tools", toolComponents);
        metadata.add("component", subject(needed));
        return metadata;
    }

    /** Returns the only root, or the delivery with its roots as parts. */
    private JsonObject subject(List<Crate> needed) {
        String type = application ? "application" : "library";
        JsonArray parts = components(needed, crate -> roots.contains(crate.id()), type);
        if (roots.size() == 1) {
            return parts.get(0).getAsJsonObject();
        }
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.addProperty("bom-ref", deliveryReference());
        json.addProperty("name", name);
        json.addProperty("version", version);
        json.add("components", parts);
        return json;
    }

    private String deliveryReference() {
        return "delivery:" + name + "@" + version;
    }

    /**
     * Returns one component per reference: two branches of a git repository may be the same commit, and so the same
     * crate.
     */
    private static JsonArray components(List<Crate> crates, Predicate<Crate> which, String type) {
        SortedMap<String, JsonObject> byReference = new TreeMap<>();
        crates.stream().filter(which).forEach(crate -> byReference.put(reference(crate), component(crate, type)));
        JsonArray json = new JsonArray();
        byReference.values().forEach(json::add);
        return json;
    }

    private static JsonObject component(Crate crate, String type) {
        Optional<CrateOrigin> origin = crate.source().map(CrateOrigin::of);
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.addProperty("bom-ref", reference(crate));
        json.addProperty("name", crate.name());
        json.addProperty("version", crate.version());
        crate.checksum().ifPresent(digest -> {
            JsonObject hash = new JsonObject();
            hash.addProperty("alg", "SHA-256");
            hash.addProperty("content", digest.hex());
            json.add("hashes", arrayOf(hash));
        });
        // The project's own crates get none, as it would name the crate of the same name on crates.io.
        origin.ifPresent(from -> json.addProperty("purl", from.packageUrl(crate.name(), crate.version())));
        origin.flatMap(CrateOrigin::repository).ifPresent(url -> {
            JsonObject reference = new JsonObject();
            reference.addProperty("type", "vcs");
            reference.addProperty("url", url);
            json.add("externalReferences", arrayOf(reference));
        });
        return json;
    }

    /** Returns the crate's reference within the document. */
    private static String reference(Crate crate) {
        return crate.source()
                .map(source -> CrateOrigin.of(source).packageUrl(crate.name(), crate.version()))
                .orElseGet(() -> "path:" + crate.name() + "@" + crate.version());
    }

    private JsonArray dependencies(List<Crate> needed) {
        Map<String, String> references = needed.stream().collect(Collectors.toMap(Crate::id, CrateBom::reference));
        SortedMap<String, SortedSet<String>> byReference = new TreeMap<>();
        for (Crate crate : needed) {
            Set<String> needs = byReference.computeIfAbsent(reference(crate), reference -> new TreeSet<>());
            crate.dependencies().forEach(id -> needs.add(references.get(id)));
        }
        if (roots.size() > 1) {
            byReference.put(
                    deliveryReference(),
                    new TreeSet<>(roots.stream().map(references::get).toList()));
        }
        JsonArray json = new JsonArray();
        byReference.forEach((reference, needs) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("ref", reference);
            entry.add("dependsOn", JsonFile.array(needs));
            json.add(entry);
        });
        return json;
    }

    private static JsonArray arrayOf(JsonObject element) {
        JsonArray array = new JsonArray();
        array.add(element);
        return array;
    }
}

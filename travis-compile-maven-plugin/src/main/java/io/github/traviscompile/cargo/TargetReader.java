package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.WorkFailedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the library and the binaries of one package, declared or discovered (The Cargo Book, "Target auto-discovery").
 */
final class TargetReader {

    private final Manifest manifest;
    private final TypedTable settings;
    private final String packageName;
    private final String edition;
    private final Path sources;

    /** @param settings {@code [package]} with its inherited values */
    TargetReader(Manifest manifest, TypedTable settings, String packageName, String edition) {
        this.manifest = manifest;
        this.settings = settings;
        this.packageName = packageName;
        this.edition = edition;
        this.sources = manifest.directory().resolve("src");
    }

    Optional<CargoLibrary> library() throws ActionNeededException {
        boolean found = settings.bool("autolib").orElse(true) && Files.exists(sources.resolve("lib.rs"));
        if (!found && !manifest.toml().has("lib")) {
            return Optional.empty();
        }
        TypedTable lib = manifest.toml().table("lib");
        String name = lib.string("name").orElse(packageName.replace('-', '_'));
        return Optional.of(new CargoLibrary(name, crateTypes(lib)));
    }

    private static List<String> crateTypes(TypedTable lib) throws ActionNeededException {
        Optional<List<String>> given = lib.strings("crate-type", "crate_type");
        if (given.isPresent()) {
            return given.get();
        }
        if (lib.bool("proc-macro", "proc_macro").orElse(false)) {
            return List.of("proc-macro");
        }
        return List.of(lib.bool("plugin").orElse(false) ? "dylib" : "lib");
    }

    /** Returns the binaries sorted by name. */
    List<CargoBinary> binaries() throws CrossCompileException {
        List<CargoBinary> binaries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Path> paths = new HashSet<>();
        List<TypedTable> declared = manifest.toml().tables("bin");
        for (TypedTable bin : declared) {
            CargoBinary binary = binary(bin);
            if (!names.add(binary.name())) {
                throw new ActionNeededException("The manifest " + manifest.file() + " declares the binary '"
                        + binary.name() + "' twice. Give each [[bin]] a name of its own.");
            }
            bin.path("path").ifPresent(paths::add);
            binaries.add(binary);
        }
        // In edition 2015 one declared binary disables the discovery of others.
        boolean discovers = settings.bool("autobins").orElse(!manifest.toml().has("bin") || !edition.equals("2015"));
        if (discovers) {
            for (Map.Entry<String, Path> found : inferred().entrySet()) {
                if (!names.contains(found.getKey()) && !paths.contains(found.getValue())) {
                    binaries.add(new CargoBinary(found.getKey(), found.getKey(), List.of()));
                }
            }
        }
        binaries.sort(Comparator.comparing(CargoBinary::name));
        return binaries;
    }

    private CargoBinary binary(TypedTable bin) throws ActionNeededException {
        Optional<String> name = bin.string("name");
        if (name.isEmpty()) {
            throw new ActionNeededException("The manifest " + manifest.file()
                    + " has a [[bin]] without 'name'. Cargo cannot build it: add the name.");
        }
        String fileName = bin.string("filename").orElse(name.get());
        return new CargoBinary(
                name.get(), fileName, bin.strings("required-features").orElse(List.of()));
    }

    private Map<String, Path> inferred() throws WorkFailedException {
        Map<String, Path> found = new LinkedHashMap<>();
        Path main = sources.resolve("main.rs");
        if (Files.exists(main)) {
            found.put(packageName, main);
        }
        ProjectFiles.children(sources.resolve("bin")).forEach(child -> infer(child, found));
        return found;
    }

    private static void infer(Path child, Map<String, Path> found) {
        String name = child.getFileName().toString();
        if (name.startsWith(".")) {
            return;
        }
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            Path main = child.resolve("main.rs");
            if (Files.exists(main)) {
                found.putIfAbsent(name, main);
            }
        } else if (name.endsWith(".rs")) {
            found.putIfAbsent(name.substring(0, name.length() - ".rs".length()), child);
        }
    }
}
